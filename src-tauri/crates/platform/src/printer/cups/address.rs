//! Where the print service is and who asks: what the person's other programs would use, as libcups finds it
//! (client.conf(5), lpoptions(1)). Only this computer counts: a name anywhere else is refused, and no name is looked up.

use std::collections::HashMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use usecases::ports::printer::PrintError;

use crate::printer::defaults;

const PORT: u16 = 631;

/// Where the print service listens.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A socket in the file system.
    Socket(PathBuf),
    /// This computer, by TCP; each address is tried in turn.
    Loopback(Vec<SocketAddr>),
}

/// What environment and files say, unread.
pub(super) struct Settings {
    variables: HashMap<&'static str, String>,
    /// `client.conf`, the system's and then the person's.
    client: Vec<String>,
    /// `lpoptions`, the system's and then the person's.
    options: Vec<String>,
}

impl Settings {
    pub(super) fn of_this_person() -> Self {
        let variables: HashMap<_, _> = [
            "CUPS_SERVER",
            "CUPS_SERVERROOT",
            "CUPS_USER",
            "HOME",
            "IPP_PORT",
            "LOGNAME",
            "LPDEST",
            "PRINTER",
            "USER",
        ]
        .into_iter()
        .filter_map(|name| Some((name, std::env::var(name).ok()?)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
        let system = variables
            .get("CUPS_SERVERROOT")
            .map_or("/etc/cups", String::as_str);
        let folders = [
            Some(PathBuf::from(system)),
            variables.get("HOME").map(|it| Path::new(it).join(".cups")),
        ];
        let read = |name: &str| {
            let files = folders.iter().flatten().map(|it| it.join(name));
            files.filter_map(|it| fs::read_to_string(it).ok()).collect()
        };
        let (client, options) = (read("client.conf"), read("lpoptions"));
        Self {
            variables,
            client,
            options,
        }
    }

    /// Where the print service is.
    ///
    /// # Errors
    /// [`PrintError::RemoteService`] where that is not on this computer.
    pub(super) fn address(&self) -> Result<Address, PrintError> {
        let port = self
            .variable("IPP_PORT")
            .and_then(|it| it.parse().ok())
            .unwrap_or(PORT);
        let files = self.client.iter().rev().flat_map(|it| it.lines().rev());
        let in_files = || {
            files
                .filter(|_| defaults::SERVER_IN_FILES)
                .find_map(|line| directive(line, "ServerName"))
        };
        match self.variable("CUPS_SERVER").or_else(in_files) {
            Some(server) => local(server, port).ok_or_else(|| PrintError::RemoteService {
                server: server.to_owned(),
            }),
            None if Path::new(defaults::SOCKET).exists() => {
                Ok(Address::Socket(defaults::SOCKET.into()))
            }
            None => Ok(Address::Loopback(loopback(port))),
        }
    }

    /// Whose job it is, as the service's lists show it.
    pub(super) fn user(&self) -> String {
        ["CUPS_USER", "USER", "LOGNAME"]
            .into_iter()
            .find_map(|name| self.variable(name))
            .unwrap_or("unknown")
            .to_owned()
    }

    /// The printer that this person prefers to the service's own default.
    pub(super) fn default_printer(&self) -> Option<String> {
        let in_files = || {
            let mut lines = self.options.iter().rev().flat_map(|it| it.lines());
            lines.find_map(|line| directive(line, "Default"))
        };
        self.variable("LPDEST")
            // A habit of old systems, which means no printer of that name.
            .or_else(|| self.variable("PRINTER").filter(|it| *it != "lp"))
            .or_else(in_files)
            // After a slash is the name of a set of options.
            .and_then(|it| it.split(['/', ' ', '\t']).next())
            .map(str::to_owned)
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }
}

/// What follows `name` in a line of a CUPS file.
fn directive<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (word, rest) = line.trim().split_once([' ', '\t'])?;
    word.eq_ignore_ascii_case(name).then_some(rest.trim())
}

/// `server` as libcups writes it, `host[:port][/version=…]` or a path, if it is on this computer.
fn local(server: &str, port: u16) -> Option<Address> {
    if server.starts_with('/') {
        return Some(Address::Socket(server.into()));
    }
    let host = server.split('/').next()?;
    let (host, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']')?;
            let port = match after.strip_prefix(':') {
                Some(number) => number.parse().ok()?,
                None => port,
            };
            (host, port)
        }
        None => match host.split_once(':') {
            // More than one colon: an address without its brackets.
            Some((_, number)) if number.contains(':') => (host, port),
            Some((host, number)) => (host, number.parse().ok()?),
            None => (host, port),
        },
    };
    if host.eq_ignore_ascii_case("localhost") {
        return Some(Address::Loopback(loopback(port)));
    }
    let address: IpAddr = host.parse().ok()?;
    address
        .is_loopback()
        .then(|| Address::Loopback(vec![SocketAddr::new(address, port)]))
}

fn loopback(port: u16) -> Vec<SocketAddr> {
    vec![
        SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port),
        SocketAddr::new(Ipv6Addr::LOCALHOST.into(), port),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    fn settings(variables: &[(&'static str, &str)], client: &[&str], options: &[&str]) -> Settings {
        let own = |texts: &[&str]| texts.iter().map(|&it| it.to_owned()).collect();
        Settings {
            variables: variables
                .iter()
                .map(|&(name, value)| (name, value.to_owned()))
                .collect(),
            client: own(client),
            options: own(options),
        }
    }

    fn server(name: &str) -> Result<Address, PrintError> {
        settings(&[("CUPS_SERVER", name)], &[], &[]).address()
    }

    #[test]
    fn a_socket_and_every_name_of_this_computer_are_local() {
        assert_eq!(
            server("/tmp/cups.sock"),
            Ok(Address::Socket("/tmp/cups.sock".into()))
        );
        assert_eq!(server("localhost"), Ok(Address::Loopback(loopback(631))));
        assert_eq!(
            server("LocalHost:8631/version=1.1"),
            Ok(Address::Loopback(loopback(8631)))
        );
        for (name, address) in [
            ("127.0.0.1", "127.0.0.1:631"),
            ("127.0.0.7:632", "127.0.0.7:632"),
            ("[::1]", "[::1]:631"),
            ("[::1]:633", "[::1]:633"),
            ("::1", "[::1]:631"),
        ] {
            assert_eq!(
                server(name),
                Ok(Address::Loopback(vec![address.parse().unwrap()])),
                "{name}"
            );
        }
    }

    #[test]
    fn any_other_name_is_refused_and_named() {
        for name in [
            "print.example.org",
            "print.example.org:631",
            "192.168.1.5",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "[2001:db8::1]:631",
            "0.0.0.0",
            "localhost:no",
            "[::1",
            "user@localhost",
        ] {
            assert_eq!(
                server(name),
                Err(PrintError::RemoteService {
                    server: name.to_owned()
                })
            );
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_names_the_service_and_the_environment_outweighs_it() {
        let system = "# ServerName no\nServerName one.example.org\n";
        let person = "\n  servername\t/tmp/own.sock  \n";
        assert_eq!(
            settings(&[], &[system, person], &[]).address(),
            Ok(Address::Socket("/tmp/own.sock".into()))
        );
        assert!(matches!(
            settings(&[], &[system], &[]).address(),
            Err(PrintError::RemoteService { server }) if server == "one.example.org"
        ));
        assert_eq!(
            settings(
                &[("CUPS_SERVER", "127.0.0.1"), ("IPP_PORT", "77")],
                &[system],
                &[]
            )
            .address(),
            Ok(Address::Loopback(vec!["127.0.0.1:77".parse().unwrap()]))
        );
    }

    #[test]
    fn the_persons_own_default_printer_is_found_where_other_programs_find_it() {
        let system = "Dest Wide sides=one-sided\nDefault Hall\n";
        let person = "Default Desk/draft number-up=2\n";
        let of =
            |variables: &[_], options: &[_]| settings(variables, &[], options).default_printer();
        assert_eq!(of(&[], &[]), None);
        assert_eq!(of(&[], &[system]).as_deref(), Some("Hall"));
        assert_eq!(of(&[], &[system, person]).as_deref(), Some("Desk"));
        assert_eq!(of(&[("PRINTER", "lp")], &[system]).as_deref(), Some("Hall"));
        assert_eq!(
            of(&[("PRINTER", "Loft")], &[system]).as_deref(),
            Some("Loft")
        );
        assert_eq!(
            of(&[("PRINTER", "Loft"), ("LPDEST", "Barn")], &[person]).as_deref(),
            Some("Barn")
        );
    }
}
