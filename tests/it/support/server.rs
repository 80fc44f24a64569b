//! A scripted HTTP/1.1 server on the loopback interface, with the faults that networks have.
//!
//! It runs in a thread of its own until it is dropped, so that synchronous tests can use it as well; or in the runtime of
//! a test whose clock is paused, so that the time of what arrives is that clock's.

use std::io;
use std::net::{self, SocketAddr};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

/// How long a test waits for what it wants to see before it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; dropping it closes all connections.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// As sent: a client that takes the server for a proxy sends a whole URL.
    pub(crate) path: String,
    /// What follows the `?`, or empty.
    pub(crate) query: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) at: Instant,
}

/// What to answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    ending: Ending,
    gate: Option<Gate>,
    delay: Duration,
}

/// How far an answer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// To its end.
    Whole,
    /// To the middle of the body; then the connection is reset.
    Reset,
    /// To the middle of the body; then nothing more comes.
    Stall,
    /// To the end of the body, though more was promised; then the connection is closed.
    Truncate,
    /// Nowhere: the connection is closed at once.
    CloseAtOnce,
    /// The last bytes of the body, as many as are named, come again and again, as long as anybody takes them.
    Endless(usize),
    /// To the end, but the body byte by byte, with so much time before each; only for a clock that is paused.
    Trickle(Duration),
}

/// Holds replies back until the test lets them go.
#[derive(Clone, Debug)]
pub(crate) struct Gate(Arc<Semaphore>);

/// What has happened so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Requests that arrived.
    pub(crate) arrived: usize,
    /// Requests whose answer is not out yet.
    pub(crate) in_flight: usize,
    /// The most that were in flight at one time.
    pub(crate) peak: usize,
    /// Connections that the client closed while its answer was held back or stalled.
    pub(crate) abandoned: usize,
}

type Handler = dyn Fn(&Received) -> Reply + Send + Sync;

struct Shared {
    handler: Box<Handler>,
    log: Mutex<Vec<Received>>,
    counts: watch::Sender<Counts>,
}

impl Server {
    /// Serves on a free port; the handler is called in the order of arrival and must not wait: a `Gate` does that.
    pub(crate) fn start(handler: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let (mut server, serving) = Self::bind(handler);
        server.thread = Some(std::thread::spawn(move || runtime().block_on(serving)));
        server
    }

    /// The same in the runtime of the test, for one whose clock is paused.
    ///
    /// A paused clock leaps to the next timer whenever nobody has anything to do, and what sockets are just bringing does
    /// not count. So a timer of every ten milliseconds goes along: time runs fast, but not past an answer on its way.
    pub(crate) fn here(handler: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        const TICK: Duration = Duration::from_millis(10);
        let (server, serving) = Self::bind(handler);
        tokio::spawn(async {
            let ticking = async {
                loop {
                    sleep(TICK).await;
                }
            };
            tokio::select! {
                () = serving => {}
                () = ticking => {}
            }
        });
        server
    }

    fn bind(handler: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> (Self, impl Future<Output = ()> + Send) {
        let shared =
            Arc::new(Shared { handler: Box::new(handler), log: Mutex::default(), counts: watch::Sender::default() });
        let listener = net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket");
        let address = listener.local_addr().expect("bound");
        let (stop, stopped) = oneshot::channel();
        let serving = accept(listener, Arc::clone(&shared));
        let serving = async {
            tokio::select! {
                () = serving => {}
                _ = stopped => {}
            }
        };
        (Self { address, shared, stop: Some(stop), thread: None }, serving)
    }

    /// Gives the replies in turn, the last one again and again.
    pub(crate) fn script(replies: impl Into<Vec<Reply>>) -> Self {
        let replies = replies.into();
        let next = Mutex::new(0);
        Self::start(move |_| {
            let mut next = next.lock().expect("no panic");
            let reply = replies[(*next).min(replies.len() - 1)].clone();
            *next += 1;
            reply
        })
    }

    /// Its address without a slash at the end: `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, in the order of arrival.
    pub(crate) fn log(&self) -> Vec<Received> {
        self.shared.log.lock().expect("no panic").clone()
    }

    pub(crate) fn counts(&self) -> Counts {
        *self.shared.counts.borrow()
    }

    /// Waits until the counts are as wanted; panics if that takes too long.
    pub(crate) async fn until(&self, wanted: impl Fn(&Counts) -> bool) -> Counts {
        let mut counts = self.shared.counts.subscribe();
        // What `wait_for` gives locks the counts, so it must be gone before they are looked at again.
        let found = timeout(PATIENCE, counts.wait_for(wanted)).await.ok().and_then(Result::ok).map(|counts| *counts);
        assert!(found.is_some(), "waited in vain: {:?}", self.counts());
        found.unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the handler has been reported by then, and shows in the answers that did not come.
            let _ = thread.join();
        }
    }
}

impl Received {
    /// The value of a header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn parse(head: &str) -> Option<Self> {
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
        let (path, query) = (path.to_owned(), query.to_owned());
        Some(Self { method, path, query, headers, body: Vec::new(), at: Instant::now() })
    }
}

impl Reply {
    /// A status with a body.
    pub(crate) fn of(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let (headers, delay) = (Vec::new(), Duration::ZERO);
        Self { status, headers, body: body.into(), ending: Ending::Whole, gate: None, delay }
    }

    /// 200 with a body.
    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::of(200, body)
    }

    /// A status with a body that names it.
    pub(crate) fn status(status: u16) -> Self {
        Self::of(status, format!("status {status}"))
    }

    /// 302 to another address.
    pub(crate) fn redirect(location: &str) -> Self {
        Self::status(302).header("Location", location)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }

    /// Held back, head and all, until the gate lets it go.
    pub(crate) fn behind(mut self, gate: &Gate) -> Self {
        self.gate = Some(gate.clone());
        self
    }

    /// The same with another body.
    pub(crate) fn map(mut self, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Self {
        self.body = change(self.body);
        self
    }

    /// Held back for as long, which is only for a clock that is paused.
    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The bytes that go out.
    fn bytes(&self) -> Vec<u8> {
        let promised = match self.ending {
            Ending::Truncate => self.body.len() + 1000,
            Ending::Endless(_) => usize::MAX >> 1,
            _ => self.body.len(),
        };
        let start = format!("HTTP/1.1 {} Scripted\r\nContent-Length: {promised}", self.status);
        let headers = self.headers.iter().map(|(name, value)| format!("\r\n{name}: {value}"));
        let head = headers.fold(start, |head, header| head + &header);
        let sent = match self.ending {
            Ending::Whole | Ending::Truncate | Ending::Endless(_) => self.body.len(),
            Ending::Reset | Ending::Stall => self.body.len() / 2,
            Ending::Trickle(_) => 0,
            Ending::CloseAtOnce => return Vec::new(),
        };
        [head.as_bytes(), b"\r\n\r\n", &self.body[..sent]].concat()
    }
}

impl Gate {
    /// A closed gate.
    pub(crate) fn closed() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }

    /// Lets one reply go, now or when it comes.
    pub(crate) fn release(&self) {
        self.0.add_permits(1);
    }

    /// Lets all replies go from now on.
    pub(crate) fn open(&self) {
        self.0.close();
    }

    async fn pass(&self) {
        if let Ok(permit) = self.0.acquire().await {
            permit.forget();
        }
    }
}

impl Shared {
    /// Notes the request and has the handler judge it.
    fn take(&self, received: Received) -> Reply {
        let reply = (self.handler)(&received);
        self.log.lock().expect("no panic").push(received);
        self.counts.send_modify(|counts| {
            counts.arrived += 1;
            counts.in_flight += 1;
            counts.peak = counts.peak.max(counts.in_flight);
        });
        reply
    }

    fn done(&self) {
        self.counts.send_modify(|counts| counts.in_flight -= 1);
    }

    fn abandoned(&self) {
        self.counts.send_modify(|counts| counts.abandoned += 1);
    }
}

/// The start of a gzip stream that unpacks to zeros; its last 13 bytes are as good again and again.
pub(crate) fn zeros() -> Vec<u8> {
    let bits = |number: u32, length: u32| (0..length).map(move |at| number >> at & 1 == 1);
    // A block with fixed codes; a zero; then the longest copy, 258 bytes from one byte ago, as a code of 13 bits.
    let start = bits(0b010, 3).chain(bits(0b0000_1100, 8));
    let bits: Vec<bool> = start.chain((0..17).flat_map(|_| bits(0b1010_0011, 13))).collect();
    let bytes = bits.chunks_exact(8).map(|byte| byte.iter().rev().fold(0, |byte, &bit| byte << 1 | u8::from(bit)));
    let header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    header.into_iter().chain(bytes).collect()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

async fn accept(listener: net::TcpListener, shared: Arc<Shared>) {
    let listener = TcpListener::from_std(listener).expect("a runtime");
    // They end with the server.
    let mut conversations = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        conversations.spawn(converse(stream, Arc::clone(&shared)));
    }
}

/// One connection; an I/O error ends it, which is the client's going away or what is no HTTP.
async fn converse(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut buffer = Vec::new();
    while let Ok(Some(received)) = receive(&mut stream, &mut buffer).await {
        let reply = shared.take(received);
        let outcome = answer(&mut stream, &reply, &shared).await;
        shared.done();
        if outcome.is_err() || reply.ending != Ending::Whole {
            return;
        }
    }
}

/// The next request of a connection; `None` at its end.
async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Received>> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
        if !buffer[0].is_ascii_uppercase() {
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await?;
            return Ok(None);
        }
    };
    let rest = buffer.split_off(end + 4);
    let head = String::from_utf8_lossy(&std::mem::replace(buffer, rest)[..end]).into_owned();
    let mut received = Received::parse(&head).ok_or(io::ErrorKind::InvalidData)?;
    let length = received.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    while buffer.len() < length {
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
    let rest = buffer.split_off(length);
    received.body = std::mem::replace(buffer, rest);
    Ok(Some(received))
}

async fn answer(stream: &mut TcpStream, reply: &Reply, shared: &Shared) -> io::Result<()> {
    if let Some(gate) = &reply.gate {
        tokio::select! {
            () = gate.pass() => {}
            () = hang_up(stream) => {
                shared.abandoned();
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
        }
    }
    if !reply.delay.is_zero() {
        sleep(reply.delay).await;
    }
    stream.write_all(&reply.bytes()).await?;
    match reply.ending {
        Ending::Endless(last) => {
            let piece = reply.body[reply.body.len() - last..].repeat(1 + 65_536 / last);
            while stream.write_all(&piece).await.is_ok() {}
            shared.abandoned();
        }
        Ending::Trickle(pause) => {
            for byte in &reply.body {
                sleep(pause).await;
                stream.write_all(&[*byte]).await?;
            }
        }
        Ending::Reset => stream.set_zero_linger()?,
        Ending::Stall => {
            hang_up(stream).await;
            shared.abandoned();
        }
        Ending::Whole | Ending::Truncate | Ending::CloseAtOnce => {}
    }
    Ok(())
}

/// Waits until the client closes the connection; what it sends meanwhile is lost.
async fn hang_up(stream: &mut TcpStream) {
    let mut scrap = [0; 512];
    while matches!(stream.read(&mut scrap).await, Ok(1..)) {}
}
