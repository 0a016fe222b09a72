//! The print service's address and the user's name, found where libcups finds them (client.conf(5),
//! lpoptions(1)), so that the app prints where the user's other programs print.
//!
//! Only this computer is accepted: any other name is refused, and no name is resolved.

use std::collections::HashMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use usecases::ports::printer::PrintError;

use super::defaults;

const PORT: u16 = 631;

/// Where the print service listens.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A socket in the file system.
    Socket(PathBuf),
    /// This computer, by TCP. The addresses are tried in order.
    Loopback(Vec<SocketAddr>),
}

/// The relevant environment variables and files, not yet parsed.
pub(super) struct Settings {
    variables: HashMap<&'static str, String>,
    /// `client.conf`: the system's, then the user's.
    client: Vec<String>,
    /// `lpoptions`: the system's, then the user's.
    options: Vec<String>,
}

impl Settings {
    pub(super) fn of_this_user() -> Self {
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

    /// The print service's address.
    ///
    /// # Errors
    /// [`PrintError::RemoteService`] if it is not on this computer.
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

    /// The user name that the service's lists show for a job.
    pub(super) fn user(&self) -> String {
        ["CUPS_USER", "USER", "LOGNAME"]
            .into_iter()
            .find_map(|name| self.variable(name))
            .unwrap_or("unknown")
            .to_owned()
    }

    /// The user's own default printer, which overrides the service's.
    pub(super) fn default_printer(&self) -> Option<String> {
        let in_files = || {
            let mut lines = self.options.iter().rev().flat_map(|it| it.lines());
            lines.find_map(|line| directive(line, "Default"))
        };
        self.variable("LPDEST")
            // Old systems set `lp`, which does not name a printer.
            .or_else(|| self.variable("PRINTER").filter(|it| *it != "lp"))
            .or_else(in_files)
            // A slash precedes the name of a set of options.
            .and_then(|it| it.split(['/', ' ', '\t']).next())
            .map(str::to_owned)
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }
}

/// Returns the value of the directive `name` in a line of a CUPS file.
fn directive<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (word, rest) = line.trim().split_once([' ', '\t'])?;
    word.eq_ignore_ascii_case(name).then_some(rest.trim())
}

/// Parses `server` as libcups writes it: `host[:port][/version=…]` or a path. `None` if it is not
/// on this computer.
pub(super) fn local(server: &str, port: u16) -> Option<Address> {
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
            // More than one colon: an IPv6 address without brackets.
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
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

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
    fn a_socket_and_all_names_of_this_computer_are_local() {
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
    fn any_other_server_is_refused_by_name() {
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
    fn the_environment_overrides_the_file_that_names_the_service() {
        let system = "# ServerName no\nServerName one.example.org\n";
        let user = "\n  servername\t/tmp/own.sock  \n";
        assert_eq!(
            settings(&[], &[system, user], &[]).address(),
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
    fn the_users_default_printer_is_read_from_the_environment_and_from_lpoptions() {
        let system = "Dest Wide sides=one-sided\nDefault Hall\n";
        let user = "Default Desk/draft number-up=2\n";
        let of =
            |variables: &[_], options: &[_]| settings(variables, &[], options).default_printer();
        assert_eq!(of(&[], &[]), None);
        assert_eq!(of(&[], &[system]).as_deref(), Some("Hall"));
        assert_eq!(of(&[], &[system, user]).as_deref(), Some("Desk"));
        assert_eq!(of(&[("PRINTER", "lp")], &[system]).as_deref(), Some("Hall"));
        assert_eq!(
            of(&[("PRINTER", "Loft")], &[system]).as_deref(),
            Some("Loft")
        );
        assert_eq!(
            of(&[("PRINTER", "Loft"), ("LPDEST", "Barn")], &[user]).as_deref(),
            Some("Barn")
        );
    }
}
