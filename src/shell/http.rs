//! The HTTP client: a loader's request → one answer or one refusal, with time-outs, limits, redirects and retries.

mod failure;
mod host_limits;
mod lingering;
mod private_address;
mod process_limit;
pub(super) mod proxy;
mod rate_limit;
mod redirect;
mod retry;
mod transfer_status;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LAST_MODIFIED, LOCATION};
use tokio::time::{Instant, sleep, timeout};
use url::Url;

use self::failure::{Failure, Resolver};
use self::lingering::Lingering;
use self::private_address::is_private;
use self::rate_limit::{HostLimiter, RateLimiter};
use self::redirect::RedirectHop;
use crate::model::LoadError;
use crate::site::{Answer, Request, SITES, Validators};

pub use self::host_limits::{HostLimits, known_host_limits};
pub use self::transfer_status::TransferStatus;
pub use crate::site::Limit;

/// The project's address, from `Cargo.toml`; empty as long as that names none.
const PROJECT: &str = env!("CARGO_PKG_REPOSITORY");
const ATTEMPTS: u32 = 3;
/// A body that brings less than this in `SLOW_WITHIN` comes to no end.
const SLOW_BYTES: usize = 1024;
const SLOW_WITHIN: Duration = Duration::from_secs(30);

/// The settings of the network that a person may make, and the clock, which tests replace.
#[derive(Clone, Debug)]
pub struct Settings {
    /// From the request to the start of its answer, and between any two pieces of that; a `HostLimits` may name a longer one.
    pub timeout: Duration,
    /// The most bytes of a body, decompressed.
    pub max_body: usize,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// A URL (`http`, `https`, `socks5`, `socks5h`), or `none`; without it, what the environment or the system says.
    pub proxy: Option<String>,
    /// The limits of single hosts; the first that fits counts, so a site's other address goes to the front.
    pub host_limits: Vec<HostLimits>,
    /// The folder through which several lurkers share the limits; without it, each has them for itself.
    pub limits_folder: Option<PathBuf>,
    /// The least time between two loads of the same page.
    pub reload_interval: Duration,
    /// About how long to wait before the second attempt; doubled before each further one.
    pub backoff: Duration,
    /// The time in seconds since 1970 UTC.
    pub now: fn() -> i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(15),
            max_body: 64 * 1024 * 1024,
            user_agent: user_agent(),
            proxy: None,
            host_limits: known_host_limits(),
            limits_folder: None,
            reload_interval: Duration::from_secs(2),
            backoff: Duration::from_millis(500),
            now: system_now,
        }
    }
}

impl Settings {
    /// Shares the limits of hosts with other processes through a folder.
    #[must_use]
    pub fn with_limits_in(self, folder: Option<PathBuf>) -> Self {
        Self { limits_folder: folder, ..self }
    }

    /// Treats this other address of a site, with its port, as the site's own host is treated.
    pub fn mirror(&mut self, host: &str, address: &Url) {
        let own = self.host_limits.iter().find(|host_limits| host_limits.host == host).cloned();
        self.host_limits.splice(0..0, own.map(|own| HostLimits { host: failure::place(address), ..own }));
    }
}

/// The client: cheap to clone, and all clones share connections and limits.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    settings: Arc<Settings>,
    limiter: Arc<RateLimiter>,
    transfer: Arc<TransferStatus>,
}

enum Step {
    Further(RedirectHop),
    Arrived(Answer),
}

impl Client {
    /// Reads the system's certificates, which takes some milliseconds; needs no runtime, so any thread may do it.
    ///
    /// Errors: a setting that cannot be used, or no certificates.
    pub fn new(settings: &Settings) -> Result<Self, LoadError> {
        // Fails only where the process has a provider already, and then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let user_agent = HeaderValue::from_str(&settings.user_agent)
            .map_err(|_| LoadError::other("", "the configured user_agent holds characters that HTTP cannot carry"))?;
        let builder = reqwest::Client::builder()
            .user_agent(user_agent)
            .redirect(reqwest::redirect::Policy::none())
            // A host that is not there is known sooner than one that thinks for long.
            .connect_timeout(settings.timeout)
            .dns_resolver(Resolver);
        let http = proxy::set(builder, settings.proxy.as_deref())?.build().map_err(|error| failure::setup(&error))?;
        let limiter = Arc::new(RateLimiter::new(settings.host_limits.clone(), settings.limits_folder.clone()));
        Ok(Self { http, settings: Arc::new(settings.clone()), limiter, transfer: Arc::default() })
    }

    /// The same client, which reports its transfers here.
    #[must_use]
    pub fn with_status(&self, transfer: &Arc<TransferStatus>) -> Self {
        Self { transfer: Arc::clone(transfer), ..self.clone() }
    }

    /// Makes a request, with at most three attempts and ten redirects in each; dropping the future cancels it.
    ///
    /// An answer of any status is an answer, but 5xx, and 429 that names a time, only after the last attempt. A 429 that
    /// names none is not asked again.
    /// Errors: no whole answer could be loaded, or its host must be left alone for more than a minute.
    pub async fn send(&self, request: &Request) -> Result<Answer, LoadError> {
        let first = RedirectHop::first(request)?;
        for attempt in 1..ATTEMPTS {
            match self.journey(first.clone()).await {
                Err(failure) if failure.may_pass() => sleep(retry::backoff(self.settings.backoff, attempt)).await,
                outcome => return outcome.or_else(Failure::settle),
            }
        }
        self.journey(first).await.or_else(Failure::settle)
    }

    async fn journey(&self, mut hop: RedirectHop) -> Result<Answer, Failure> {
        loop {
            match self.exchange(&hop).await? {
                Step::Further(next) => hop = next,
                Step::Arrived(answer) => return Ok(answer),
            }
        }
    }

    /// One request and its answer, with the host's permit. It goes on for a while when this future is dropped.
    async fn exchange(&self, hop: &RedirectHop) -> Result<Step, Failure> {
        let host = self.limiter.host(hop.host(), &failure::place(hop.url()));
        let permit = host.enter(&self.transfer).await?;
        let (client, hop) = (self.clone(), hop.clone());
        Lingering::new(async move {
            let step = client.exchange_within(&hop, &host).await;
            drop(permit);
            step
        })
        .await
    }

    async fn exchange_within(&self, hop: &RedirectHop, host: &HostLimiter) -> Result<Step, Failure> {
        let limit = host.timeout(self.settings.timeout);
        let response = self.ask(hop, limit).await?;
        let status = response.status().as_u16();
        let named = retry::named_wait(status, response.headers(), (self.settings.now)());
        host.rest(named);
        if let Some(next) = hop.follow(status, response.headers().get(LOCATION))? {
            let looks_up = proxy::named_for(hop.url(), &self.settings).is_none();
            if next.host() != hop.host()
                && is_private(next.url(), looks_up).await
                && !is_private(hop.url(), looks_up).await
            {
                return Err(hop.refuse_private(&next).into());
            }
            return Ok(Step::Further(next));
        }
        let (content_type, validators) = (content_type(&response), validators(&response));
        let body = self.read(hop, limit, response).await?;
        let answer = Answer { status, url: hop.url().to_string(), content_type, body, validators };
        let said_in_body = || SITES.iter().find_map(|site| site.rate_limit_wait(&answer));
        let hidden = if named.is_none() { said_in_body() } else { None };
        host.rest(hidden);
        let is_busy = status >= 500 && status != 511 || status == 429 && named.is_some() || hidden.is_some();
        if is_busy { Err(Failure::Busy(answer)) } else { Ok(Step::Arrived(answer)) }
    }

    async fn ask(&self, hop: &RedirectHop, limit: Duration) -> Result<Response, Failure> {
        let request = hop.request(&self.http)?;
        match timeout(limit, self.http.execute(request)).await {
            Err(_) => Err(failure::no_answer(hop.url(), limit)),
            Ok(Err(error)) if error.is_timeout() => Err(failure::no_answer(hop.url(), self.settings.timeout)),
            Ok(outcome) => outcome
                .map_err(|error| failure::no_exchange(hop.url(), &error, proxy::named_for(hop.url(), &self.settings))),
        }
    }

    async fn read(&self, hop: &RedirectHop, limit: Duration, mut response: Response) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        let (mut judged_at, mut judged) = (Instant::now() + SLOW_WITHIN, SLOW_BYTES);
        loop {
            if Instant::now() >= judged_at {
                if body.len() < judged {
                    return Err(failure::too_slow(hop.url(), SLOW_WITHIN, body.len()));
                }
                (judged_at, judged) = (Instant::now() + SLOW_WITHIN, body.len() + SLOW_BYTES);
            }
            match timeout(limit, response.chunk()).await {
                Err(_) => return Err(failure::silence(hop.url(), limit, body.len())),
                Ok(Err(error)) => return Err(failure::broken_body(hop.url(), &error, body.len())),
                Ok(Ok(None)) => return Ok(body),
                Ok(Ok(Some(chunk))) if body.len() + chunk.len() > self.settings.max_body => {
                    return Err(failure::too_large(hop.url(), self.settings.max_body));
                }
                Ok(Ok(Some(chunk))) => {
                    self.transfer.add(chunk.len());
                    body.extend_from_slice(&chunk);
                }
            }
        }
    }
}

fn content_type(response: &Response) -> String {
    let value = response.headers().get(CONTENT_TYPE);
    value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}

/// Those that a later request can carry.
fn validators(response: &Response) -> Validators {
    let header = |name: HeaderName| response.headers().get(name)?.to_str().ok().map(str::to_owned);
    Validators { etag: header(ETAG), modified: header(LAST_MODIFIED) }
}

fn user_agent() -> String {
    let name = concat!("lurker/", env!("CARGO_PKG_VERSION"));
    if PROJECT.is_empty() { name.to_owned() } else { format!("{name} (+{PROJECT})") }
}

fn system_now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
