//! HTTP to the print service: one request for each connection, only to this computer.
//!
//! `ureq` is configured not to use a proxy (it reads the environment, and a proxy would get the
//! document), not to follow redirections, and not to resolve names.

use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use ipp::attribute::IppAttributes;
use ipp::model::StatusCode;
use ipp::request::IppRequestResponse;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, TcpConnector, Transport,
};
use ureq::{Agent, Error, SendBody};
use usecases::ports::printer::PrintError;

use super::address::Address;
use super::answer;

/// Limit for an answer in bytes: more than a service with a thousand printers sends about them.
const ANSWER_LIMIT: u64 = 16 << 20;

/// A client of the print service.
pub(super) struct Link {
    agent: Agent,
}

impl Link {
    /// A client of the service at `address`. `patience` limits the wait for each answer.
    pub(super) fn new(address: &Address, patience: Duration) -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .max_idle_connections(0)
            .timeout_global(Some(patience))
            .build();
        let agent = match address {
            Address::Socket(path) => {
                let connector = SocketConnector(path.clone());
                Agent::with_parts(config, connector, Known(Vec::new()))
            }
            Address::Loopback(addresses) => {
                let resolver = Known(addresses.clone());
                Agent::with_parts(config, TcpConnector::default(), resolver)
            }
        };
        Self { agent }
    }

    /// Sends `request` followed by `document` to `path` of the service. The document is not copied
    /// as a whole: it is read in pieces that fit the connection's buffer.
    pub(super) fn send(
        &self,
        path: &str,
        request: &IppRequestResponse,
        document: &[u8],
    ) -> Result<(StatusCode, IppAttributes), PrintError> {
        let head = request.to_bytes();
        let length = head.len() + document.len();
        let mut body = head.as_ref().chain(document);
        // The host name is only a header; the connection goes to the configured address.
        let mut answer = self
            .agent
            .post(format!("http://localhost{path}"))
            .content_type("application/ipp")
            .header("content-length", length.to_string())
            .send(SendBody::from_reader(&mut body))
            .map_err(|error| refusal(&error))?;
        let bytes = answer
            .body_mut()
            .with_config()
            .limit(ANSWER_LIMIT)
            .read_to_vec()
            .map_err(|error| refusal(&error))?;
        answer::parse(bytes)
    }
}

/// Maps a failed HTTP request.
fn refusal(error: &Error) -> PrintError {
    match error {
        Error::Timeout(_) => PrintError::NoAnswer,
        Error::StatusCode(401 | 403 | 426) => PrintError::NotAllowed,
        Error::StatusCode(404) => PrintError::UnknownPrinter,
        Error::StatusCode(413) => PrintError::NoRoom,
        Error::StatusCode(503) => PrintError::NoService,
        Error::Io(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => PrintError::NoAnswer,
            ErrorKind::PermissionDenied => PrintError::NotAllowed,
            // Nothing listens, or the service exited during the request.
            _ => PrintError::NoService,
        },
        Error::ConnectionFailed | Error::HostNotFound => PrintError::NoService,
        _ => PrintError::Failed,
    }
}

/// Resolves every name to the known addresses.
#[derive(Debug)]
struct Known(Vec<SocketAddr>);

impl Resolver for Known {
    fn resolve(
        &self,
        _uri: &Uri,
        _config: &Config,
        _timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let mut addresses = self.empty();
        self.0.iter().for_each(|it| addresses.push(*it));
        Ok(addresses)
    }
}

/// Connects to a socket in the file system, whatever the requested address.
#[derive(Debug)]
struct SocketConnector(PathBuf);

impl Connector for SocketConnector {
    type Out = SocketTransport;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _chained: Option<()>,
    ) -> Result<Option<SocketTransport>, Error> {
        let config = details.config;
        Ok(Some(SocketTransport {
            stream: UnixStream::connect(&self.0)?,
            buffers: LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size()),
        }))
    }
}

#[derive(Debug)]
struct SocketTransport {
    stream: UnixStream,
    buffers: LazyBuffers,
}

impl Transport for SocketTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream
            .set_write_timeout(timeout.for_write().not_zero().map(|it| *it))?;
        Ok(self.stream.write_all(&self.buffers.output()[..amount])?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream
            .set_read_timeout(timeout.for_read().not_zero().map(|it| *it))?;
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    /// Always false: no connection is reused.
    fn is_open(&mut self) -> bool {
        false
    }
}
