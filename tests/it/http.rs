//! The HTTP client against a server that does all that servers do.

use crate::support::{server, told};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lurker::shell::http::{Client, HostLimits, Settings, TransferStatus};
use lurker::site::{Answer, Request};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use server::{Ending, Gate, PATIENCE, Reply, Server, zeros};
use tokio::time::{Instant, timeout};

const LOCAL: &str = "127.0.0.1";
const TOO_LARGE: &str = "HOST sent more than 1 MiB, which is the limit [Config(\"max_body_mebibytes\")]";

/// What does not wait long where it must wait, and long where it must not.
fn settings() -> Settings {
    Settings {
        timeout: PATIENCE,
        proxy: Some("none".to_owned()),
        backoff: Duration::from_millis(1),
        now: || 1_790_000_000,
        ..Settings::default()
    }
}

fn client() -> Client {
    Client::new(&settings()).expect("a client")
}

fn impatient(milliseconds: u64) -> Client {
    Client::new(&Settings { timeout: Duration::from_millis(milliseconds), ..settings() }).expect("a client")
}

fn get(url: &str) -> Request {
    Request { key: 0, url: url.to_owned(), form: None, headers: Vec::new() }
}

fn post(url: &str, form: &str) -> Request {
    Request { form: Some(form.to_owned()), ..get(url) }
}

/// An address where nobody listens any more.
fn closed_port() -> SocketAddr {
    TcpListener::bind((LOCAL, 0)).and_then(|listener| listener.local_addr()).expect("a free port")
}

/// The outcome of a GET, with the port of the server taken out of a refusal.
async fn outcome(client: &Client, server: &Server) -> Result<Answer, String> {
    let outcome = timeout(PATIENCE, client.send(&get(&server.url()))).await.expect("an end");
    let place = server.url().replace("http://", "");
    outcome.map_err(|error| told(&error).replace(&place, "HOST"))
}

async fn error(client: &Client, server: &Server) -> String {
    outcome(client, server).await.expect_err("a refusal")
}

/// What the client says to a reply that never changes, and how many attempts it made.
async fn says(reply: Reply) -> (String, usize) {
    let server = Server::script([reply]);
    (error(&client(), &server).await, server.log().len())
}

#[tokio::test]
async fn an_answer_comes_back_whole() {
    let body = b"caf\xe9 \xff\x00 na\xefve";
    let server = Server::script([Reply::ok(body).header("Content-Type", "text/html; charset=iso-8859-1")]);
    let url = format!("{}/story?id=1", server.url());
    let answer = client().send(&get(&url)).await.expect("an answer");
    let content_type = "text/html; charset=iso-8859-1".to_owned();
    assert_eq!(answer, Answer { status: 200, url, content_type, body: body.to_vec(), ..Answer::default() });
}

#[tokio::test]
async fn a_request_says_who_asks_and_no_more() {
    let server = Server::script([Reply::ok("").header("Set-Cookie", "a=b")]);
    let (client, request) = (client(), get(&format!("{}/x?y=z", server.url())));
    client.send(&request).await.expect("an answer");
    client.send(&request).await.expect("an answer");
    let log = server.log();
    let received = &log[1];
    assert_eq!((&*received.method, &*received.path, &*received.query), ("GET", "/x", "y=z"));
    let mut names: Vec<_> = received.headers.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
    let mut encodings: Vec<_> = received.header("accept-encoding").expect("some").split(',').map(str::trim).collect();
    encodings.sort_unstable();
    assert_eq!(encodings, ["br", "gzip", "zstd"]);
    let agent = received.header("user-agent").expect("a name");
    assert!(agent.starts_with(concat!("lurker/", env!("CARGO_PKG_VERSION"))), "{agent}");
}

#[tokio::test]
async fn a_form_arrives_with_its_headers() {
    let server = Server::script([Reply::ok("{}")]);
    let request =
        Request { headers: vec![("X-Requested-With", "lurker".to_owned())], ..post(&server.url(), "op=a&ids=1%2C2") };
    client().send(&request).await.expect("an answer");
    let received = &server.log()[0];
    assert_eq!((&*received.method, received.text()), ("POST", "op=a&ids=1%2C2".to_owned()));
    assert_eq!(received.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(received.header("x-requested-with"), Some("lurker"));
}

#[tokio::test]
async fn a_status_is_an_answer_and_4xx_is_not_asked_again() {
    for status in [204, 304, 400, 403, 404, 429] {
        let server = Server::script([Reply::status(status)]);
        let answer = outcome(&client(), &server).await.expect("an answer");
        assert_eq!((answer.status, server.log().len()), (status, 1));
    }
}

#[tokio::test]
async fn a_server_error_is_asked_again() {
    let server = Server::script([Reply::status(500), Reply::ok("good")]);
    assert_eq!(outcome(&client(), &server).await.expect("an answer").body, b"good");
    assert_eq!(server.log().len(), 2);
}

#[tokio::test]
async fn a_form_is_sent_again_whole() {
    let server = Server::script([Reply::status(502), Reply::ok("").ending(Ending::CloseAtOnce), Reply::ok("good")]);
    assert_eq!(client().send(&post(&server.url(), "a=1")).await.expect("an answer").body, b"good");
    assert_eq!(server.log().iter().map(server::Received::text).collect::<Vec<_>>(), ["a=1"; 3]);
}

#[tokio::test]
async fn a_lasting_server_error_comes_back_after_three_attempts() {
    let server = Server::script([Reply::status(503)]);
    let answer = outcome(&client(), &server).await.expect("an answer");
    assert_eq!((answer.status, &*answer.body, server.log().len()), (503, &b"status 503"[..], 3));
}

#[tokio::test]
async fn too_many_requests_are_asked_again_when_the_server_says() {
    let busy = Reply::status(429).header("X-RateLimit-Reset", "0.03");
    let server = Server::script([busy, Reply::ok("good")]);
    assert_eq!(outcome(&client(), &server).await.expect("an answer").body, b"good");
    let log = server.log();
    assert!(log[1].at - log[0].at >= Duration::from_millis(30), "too early");
}

#[tokio::test]
async fn a_long_wait_is_said_and_kept() {
    let server = Server::script([Reply::status(429).header("RateLimit-Reset", "1790003600")]);
    let client = client();
    assert_eq!(error(&client, &server).await, "127.0.0.1 asks to wait an hour [RetryLater]");
    assert_eq!(error(&client, &server).await, "127.0.0.1 asks to wait an hour [RetryLater]");
    assert_eq!(server.log().len(), 1);
}

#[tokio::test]
async fn a_refused_connection_is_said() {
    let closed = closed_port();
    let says = told(&client().send(&get(&format!("http://{closed}/"))).await.expect_err("refused"));
    assert_eq!(says, format!("{closed} refused the connection [Retry]"));
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_suspected() {
    let closed = closed_port();
    let client = Client::new(&Settings { proxy: Some(format!("http://{closed}")), ..settings() }).expect("a client");
    let says = told(&client.send(&get("https://example.invalid/")).await.expect_err("refused"));
    assert_eq!(says, "example.invalid refused the connection (is the proxy of the config right?) [Retry]");
}

#[tokio::test]
async fn an_unknown_host_is_said() {
    // No label may be that long, so nothing is asked of a name server.
    let host = format!("{}.invalid", "a".repeat(64));
    let says = told(&client().send(&get(&format!("http://{host}/"))).await.expect_err("refused"));
    assert_eq!(
        says,
        format!("cannot find {host} (are you offline?) [Check(\"check the address and the connection\"), Retry]")
    );
}

#[tokio::test]
async fn a_fault_is_said_after_three_attempts() {
    let faulty = |ending| Reply::ok(vec![b'x'; 600]).ending(ending);
    assert_eq!(
        says(faulty(Ending::CloseAtOnce)).await,
        ("HOST closed the connection without an answer that can be read [Retry]".to_owned(), 3)
    );
    assert_eq!(
        says(faulty(Ending::Truncate)).await,
        ("the connection to HOST broke off after 600 bytes [Retry]".to_owned(), 3)
    );
    let (reset, attempts) = says(faulty(Ending::Reset)).await;
    assert!(reset.starts_with("the connection to HOST broke off after "), "{reset}");
    assert_eq!(attempts, 3);
}

#[tokio::test]
async fn a_fault_that_passes_is_not_said() {
    for ending in [Ending::CloseAtOnce, Ending::Truncate, Ending::Reset] {
        let server = Server::script([Reply::ok("half").ending(ending), Reply::ok("whole")]);
        assert_eq!(outcome(&client(), &server).await.expect("an answer").body, b"whole", "{ending:?}");
    }
}

#[tokio::test]
async fn silence_before_an_answer_is_said() {
    let server = Server::script([Reply::ok("").behind(&Gate::closed())]);
    assert_eq!(error(&impatient(50), &server).await, "HOST did not answer within 0.05 s [Retry]");
    assert_eq!(server.until(|counts| counts.abandoned == 3).await.arrived, 3);
}

#[tokio::test]
async fn patience_with_a_slow_site_begins_once_it_is_connected() {
    // The system connects, but nobody answers the greeting of TLS.
    let listener = TcpListener::bind((LOCAL, 0)).expect("a free port");
    let address = listener.local_addr().expect("bound");
    let host_limits =
        HostLimits { host: LOCAL.to_owned(), in_flight: 1, limits: Vec::new(), timeout: Some(10 * PATIENCE) };
    let settings = Settings { timeout: Duration::from_millis(50), host_limits: vec![host_limits], ..settings() };
    let client = Client::new(&settings).expect("a client");
    let outcome = timeout(PATIENCE, client.send(&get(&format!("https://{address}/")))).await.expect("an end");
    assert_eq!(told(&outcome.expect_err("silence")), format!("{address} did not answer within 0.05 s [Retry]"));
}

#[tokio::test]
async fn silence_within_an_answer_is_said() {
    let server = Server::script([Reply::ok("0123456789").ending(Ending::Stall)]);
    // Long enough for the first half to arrive on a busy machine.
    assert_eq!(error(&impatient(300), &server).await, "HOST sent nothing more for 0.3 s, after 5 bytes [Retry]");
}

#[tokio::test]
async fn a_redirect_leads_to_the_answer_and_its_address() {
    let server = Server::start(|received| match &*received.path {
        "/old" => Reply::redirect("/new?x=1#c2"),
        _ => Reply::ok(received.method.clone()),
    });
    let answer = client().send(&post(&format!("{}/old", server.url()), "a=1")).await.expect("an answer");
    assert_eq!(answer.url, format!("{}/new?x=1#c2", server.url()));
    assert_eq!(answer.body, b"GET");
}

#[tokio::test]
async fn a_bad_redirect_is_said_at_once() {
    let server = Server::start(|received| Reply::redirect(if received.path == "/" { "/a" } else { "/" }));
    assert_eq!(error(&client(), &server).await, "more than 10 redirects, the last from HOST [Browser]");
    assert_eq!(server.log().len(), 11);
    let (says_file, attempts) = says(Reply::redirect("file:///etc/passwd")).await;
    assert_eq!(says_file, "HOST redirects to what is no web address: file:///etc/passwd [Browser]");
    assert_eq!(attempts, 1);
}

#[tokio::test]
async fn redirects_without_end_are_cut() {
    let server = Server::start(|received| Reply::redirect(&format!("{}x", received.path)));
    assert_eq!(error(&client(), &server).await, "more than 10 redirects, the last from HOST [Browser]");
    assert_eq!(server.log().len(), 11);
}

#[tokio::test]
async fn a_body_is_decompressed_up_to_its_limit() {
    let bomb = Reply::ok(*include_bytes!("../fixtures/http/4-mib-of-zeros.gz")).header("Content-Encoding", "gzip");
    let server = Server::script([bomb]);
    assert_eq!(outcome(&client(), &server).await.expect("an answer").body.len(), 4 << 20);
    let narrow = Client::new(&Settings { max_body: 1 << 20, ..settings() }).expect("a client");
    assert_eq!(error(&narrow, &server).await, TOO_LARGE);
    assert_eq!(server.log().len(), 2);
}

#[tokio::test]
async fn every_encoding_that_is_offered_is_understood() {
    let encoded: [(&str, &[u8]); 2] =
        [("br", b"\x0b\x02\x80hello\x03"), ("zstd", b"\x28\xb5\x2f\xfd\x20\x05\x29\0\0hello")];
    for (encoding, body) in encoded {
        let server = Server::script([Reply::ok(body).header("Content-Encoding", encoding)]);
        assert_eq!(outcome(&client(), &server).await.expect("an answer").body, b"hello", "{encoding}");
    }
}

#[tokio::test]
async fn a_body_without_end_is_left_at_the_limit() {
    let narrow = Client::new(&Settings { max_body: 1 << 20, ..settings() }).expect("a client");
    let (packed, plain) = (zeros(), vec![b'x'; 1000]);
    for reply in [Reply::ok(packed).header("Content-Encoding", "gzip"), Reply::ok(plain)] {
        let server = Server::script([reply.ending(Ending::Endless(13))]);
        let status = Arc::new(TransferStatus::default());
        assert_eq!(error(&narrow.with_status(&status), &server).await, TOO_LARGE);
        assert!((1 << 19..=1 << 20).contains(&status.received()), "{} bytes", status.received());
        assert_eq!(server.until(|counts| counts.abandoned == 1).await.arrived, 1);
    }
}

#[tokio::test]
async fn what_has_come_of_a_slow_answer_is_known() {
    let server = Server::script([Reply::ok(vec![b'x'; 600_000]).ending(Ending::Stall)]);
    let status = Arc::new(TransferStatus::default());
    let client = client().with_status(&status);
    let request = get(&server.url());
    let watch = async {
        while status.received() < 300_000 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = client.send(&request) => unreachable!("it is never whole"),
        came = timeout(PATIENCE, watch) => came.expect("half of it comes"),
    }
    let words = status.line().map(|line| line.words);
    assert_eq!((status.received(), words.as_deref()), (300_000, Some("0.3 MB so far")));
}

#[tokio::test]
async fn a_damaged_compression_is_said() {
    let mut bytes = include_bytes!("../fixtures/http/4-mib-of-zeros.gz").to_vec();
    bytes[20..40].fill(0xff);
    let (says, attempts) = says(Reply::ok(bytes).header("Content-Encoding", "gzip")).await;
    assert!(says.starts_with("the answer of HOST cannot be decompressed after "), "{says}");
    assert_eq!(attempts, 1);
}

#[tokio::test]
async fn a_compressed_body_that_breaks_off_is_said_as_such() {
    let half = include_bytes!("../fixtures/http/4-mib-of-zeros.gz");
    let cut = Reply::ok(half[..2000].to_vec()).header("Content-Encoding", "gzip").ending(Ending::Truncate);
    let (says, attempts) = says(cut).await;
    assert!(says.starts_with("the connection to HOST broke off after "), "{says}");
    assert_eq!(attempts, 3);
}

/// The most requests that were in flight of two at once to a host where so many are allowed.
async fn peak(in_flight: usize) -> usize {
    let gate = Gate::closed();
    let server = Server::script([Reply::ok("").behind(&gate)]);
    let host_limits = HostLimits { host: LOCAL.to_owned(), in_flight, limits: Vec::new(), timeout: None };
    let client = Client::new(&Settings { host_limits: vec![host_limits], ..settings() }).expect("a client");
    let request = get(&server.url());
    let let_go = async {
        server.until(|counts| counts.in_flight == in_flight).await;
        gate.open();
    };
    let (first, second, ()) = tokio::join!(client.send(&request), client.send(&request), let_go);
    assert_eq!((first.expect("an answer").status, second.expect("an answer").status), (200, 200));
    server.counts().peak
}

#[tokio::test]
async fn a_host_gets_no_more_at_once_than_it_is_said_to_bear() {
    assert_eq!(peak(1).await, 1);
    assert_eq!(peak(2).await, 2);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_request_keeps_its_place_until_it_is_answered_or_its_connection_is_closed() {
    let gate = Gate::closed();
    let late = Reply::ok("late").after(Duration::from_millis(500));
    for (held, milliseconds) in
        [(Reply::ok("never").behind(&gate), 1000), (Reply::ok("never").ending(Ending::Stall), 1000), (late, 500)]
    {
        let first = Mutex::new(Some(held));
        let server = Server::here(move |_| first.lock().expect("no panic").take().unwrap_or_else(|| Reply::ok("next")));
        let host_limits = HostLimits { host: LOCAL.to_owned(), in_flight: 1, limits: Vec::new(), timeout: None };
        let client = Client::new(&Settings { host_limits: vec![host_limits], ..settings() }).expect("a client");
        let request = get(&server.url());
        tokio::select! {
            _ = client.send(&request) => unreachable!("it is held back"),
            _ = server.until(|counts| counts.arrived == 1) => {}
        }
        let begun = Instant::now();
        assert_eq!(outcome(&client, &server).await.expect("an answer").body, b"next");
        assert_eq!((server.counts().peak, server.counts().arrived), (1, 2));
        let took = begun.elapsed().as_millis();
        assert!((milliseconds - 100..milliseconds + 200).contains(&took), "{took} of {milliseconds}");
    }
}

#[tokio::test]
async fn a_proxy_is_asked_for_what_is_elsewhere() {
    let server = Server::script([Reply::ok("by proxy")]);
    let client = Client::new(&Settings { proxy: Some(server.url()), ..settings() }).expect("a client");
    let answer = client.send(&get("http://example.invalid/x")).await.expect("an answer");
    assert_eq!(answer.body, b"by proxy");
    assert_eq!(server.log()[0].path, "http://example.invalid/x");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let client = client();
    let listener = TcpListener::bind((LOCAL, 0)).expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    let serving = std::thread::spawn(move || greet_with_tls(&listener));
    let says = told(&client.send(&get(&format!("https://localhost:{port}/"))).await.expect_err("refused"));
    assert_eq!(
        says,
        format!(
            "the certificate of localhost:{port} is not trusted: nobody that this computer trusts has issued it \
             [Other(\"if this network wants a login first, open any page in a browser\")]"
        )
    );
    assert!(serving.join().expect("no panic").is_err(), "the client must not go on");
}

/// The program itself, for what the system trusts is read once for a whole process.
#[test]
fn a_certificate_that_the_system_vouches_for_is_trusted() {
    let listener = TcpListener::bind((LOCAL, 0)).expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    let topic = r#"{"id":1,"title":"Lamps","posts_count":1,"post_stream":{"posts":[],"stream":[1]}}"#;
    let serving = std::thread::spawn(move || answer_with_tls(&listener, topic));
    let says = {
        let output = Command::new(env!("CARGO_BIN_EXE_lurker"))
            .args(["--format", "text", &format!("https://localhost:{port}/t/lamps/1")])
            .env("SSL_CERT_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/http/localhost.cert.pem"))
            .env_remove("SSL_CERT_DIR")
            .env("NO_PROXY", "localhost")
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .env("XDG_RUNTIME_DIR", "/dev/null")
            .env_remove("LURKER_CONFIG")
            .env_remove("LURKER_DATA")
            .env_remove("XDG_DATA_HOME")
            .env_remove("HOME")
            .output()
            .expect("the program runs");
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    assert!(says.contains("Lamps") && !says.contains("lurker: "), "{says}");
    assert!(serving.join().expect("no panic").is_ok());
}

#[tokio::test]
async fn a_server_without_tls_is_said() {
    let server = Server::script([Reply::ok("")]);
    let url = server.url().replace("http:", "https:");
    let says = told(&client().send(&get(&url)).await.expect_err("refused"));
    assert_eq!(says, format!("no secure connection to {} could be made", url.replace("https://", "")));
}

#[test]
fn a_setting_that_cannot_be_used_is_said() {
    let says = |settings: Settings| told(&Client::new(&settings).expect_err("refused"));
    let user_agent = "a\nb".to_owned();
    assert!(says(Settings { user_agent, ..settings() }).contains("user_agent"));
    let proxy = Some("http://me:secret@[".to_owned());
    let says = says(Settings { proxy, ..settings() });
    assert!(says.contains("proxy") && !says.contains("secret"), "{says}");
}

/// Takes one connection and greets it.
fn greet_with_tls(listener: &TcpListener) -> io::Result<(rustls::ServerConnection, TcpStream)> {
    let certificate = CertificateDer::from_slice(include_bytes!("../fixtures/http/localhost.cert.der"));
    let key = PrivatePkcs8KeyDer::from(&include_bytes!("../fixtures/http/localhost.key.der")[..]);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .map_err(io::Error::other)?;
    let mut greeting = rustls::ServerConnection::new(Arc::new(config)).map_err(io::Error::other)?;
    let (mut stream, _) = listener.accept()?;
    while greeting.is_handshaking() {
        greeting.complete_io(&mut stream)?;
    }
    Ok((greeting, stream))
}

/// Answers one request with this JSON.
fn answer_with_tls(listener: &TcpListener, json: &str) -> io::Result<()> {
    let (mut connection, mut stream) = greet_with_tls(listener)?;
    let mut stream = rustls::Stream::new(&mut connection, &mut stream);
    // The whole head comes at once.
    let _ = stream.read(&mut [0; 4096])?;
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{json}", json.len())?;
    stream.flush()
}

/// The answers of a proxy to CONNECT, with what is said of each.
const PROXIES: [(u16, &str); 3] = [
    (
        407,
        "the proxy of the config wants a name and a password [Other(\"write them into its address: http://NAME:PASSWORD@HOST:PORT\")]",
    ),
    (
        403,
        "the proxy of the config does not connect to example.invalid [Other(\"ask who runs it whether it may be reached, or set proxy to \\\"none\\\" in the config\")]",
    ),
    (
        502,
        "the proxy of the config does not connect to example.invalid [Other(\"ask who runs it whether it may be reached, or set proxy to \\\"none\\\" in the config\")]",
    ),
];

#[tokio::test]
async fn a_proxy_that_does_not_connect_is_told_from_the_site() {
    for (status, expected) in PROXIES {
        let server = Server::script([Reply::status(status)]);
        let client = Client::new(&Settings { proxy: Some(server.url()), ..settings() }).expect("a client");
        let says = told(&client.send(&get("https://example.invalid/x")).await.expect_err("refused"));
        assert_eq!((says.as_str(), server.log().len()), (expected, 1), "{status}");
        assert_eq!(server.log()[0].method, "CONNECT");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_trickles_is_left() {
    // A byte at a time, each within the time-out between bytes.
    let server = Server::here(|_| Reply::ok([b'x'; 4000]).ending(Ending::Trickle(Duration::from_secs(1))));
    let begun = Instant::now();
    let says = told(&client().send(&get(&server.url())).await.expect_err("it trickles"));
    assert!(says.ends_with(" sent less than 1 KB in 30 s, after 30 bytes in all [RetryLater]"), "{says}");
    assert!((29..33).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(server.log().len(), 1);
}

/// The program itself, for variables of the environment are those of a whole process.
fn printed(target: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lurker"));
    command.args(["--format", "text", target]).env("XDG_CONFIG_HOME", "/nonexistent").env_remove("LURKER_CONFIG");
    command.env("XDG_RUNTIME_DIR", "/dev/null");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command.envs(variables.iter().copied()).output().expect("the program runs");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn what_the_environment_says_of_the_network_is_held_or_told() {
    let topic = r#"{"id":1,"title":"Lamps","posts_count":1,"post_stream":{"posts":[],"stream":[]}}"#;
    let server = Server::script([Reply::ok(topic)]);
    let target = format!("{}/t/lamps/1", server.url());
    let closed = format!("http://{}", closed_port());
    for (variables, expected) in [
        (vec![("HTTP_PROXY", closed.as_str())], "refused the connection (is the proxy that HTTP_PROXY names right?)"),
        (vec![("http_proxy", closed.as_str())], "refused the connection (is the proxy that http_proxy names right?)"),
        (vec![("HTTP_PROXY", closed.as_str()), ("NO_PROXY", "*")], "Lamps"),
        (vec![("HTTP_PROXY", closed.as_str()), ("no_proxy", " * ")], "Lamps"),
        (vec![("HTTPS_PROXY", "http://")], "HTTPS_PROXY is not an address like http://host:port"),
        (vec![("all_proxy", "nonsense://me:secret@x")], "all_proxy is not an address like http://host:port"),
        (vec![("SSL_CERT_FILE", "/dev/null"), ("SSL_CERT_DIR", "/nonexistent")], "no certificates to tell a server by"),
    ] {
        let says = printed(&target, &variables);
        assert!(says.contains(expected) && !says.contains("secret"), "{variables:?}: {says}");
    }
}

#[tokio::test]
async fn a_public_host_does_not_lead_to_a_private_address() {
    for to in ["http://127.0.0.1:9/x", "http://localhost/x", "http://192.168.1.1/", "http://[::1]/", "http://printer/"]
    {
        let server = Server::script([Reply::redirect(to)]);
        let client = Client::new(&Settings { proxy: Some(server.url()), ..settings() }).expect("a client");
        let says = told(&client.send(&get("http://public.example/")).await.expect_err("refused"));
        let expected =
            format!("public.example redirects to an address of this network, which is not safe: {to} [Browser]");
        assert_eq!((says, server.log().len()), (expected, 1));
    }
    // Within the own network it may.
    let server = Server::script([Reply::redirect("http://localhost/x"), Reply::ok("there")]);
    let client = Client::new(&Settings { proxy: Some(server.url()), ..settings() }).expect("a client");
    assert_eq!(client.send(&get("http://10.0.0.1/")).await.expect("an answer").body, b"there");
}
