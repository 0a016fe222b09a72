//! The app under test, as a person uses it. Elements on the screen are named by `data-testid`.

use std::cell::{Cell, RefCell};
use std::fs::{self, File};
use std::future::Future;
use std::pin::pin;
use std::thread::panicking;
use std::time::{Duration, Instant};

use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};

use crate::artefacts::artefact;
use crate::desktop::Desktop;
use crate::driver::{Driver, runs, wait_until};
use crate::portal::Look;

/// Maximum time for anything to appear. Deriving a key takes seconds on a busy machine, and making
/// and reading back a sheet many.
const PATIENCE: Duration = Duration::from_secs(60);

/// The environment variable with which journeys take each picture also at twice the size of text.
const LARGE_TEXT: &str = "LARGE_TEXT";

/// The environment variable with which journeys take each picture also in a large window.
const LARGE_WINDOW: &str = "LARGE_WINDOW";

/// Whether something on the page says why its main button is disabled, if it is.
const SAYS_WHY: &str = "(() => { \
     const main = document.querySelector('[data-testid=primary]'); \
     if (!main?.disabled || main.ariaBusy === 'true') return true; \
     const why = main.getAttribute('aria-describedby'); \
     return (why !== null && document.getElementById(why) !== null) \
     || main.form.querySelector('[data-testid=wait], [data-testid=error]') !== null; \
     })()";

/// Whether the page is wider than its window.
const WIDE: &str =
    "return document.documentElement.scrollWidth > document.documentElement.clientWidth";

/// One run of the app. Dropping it ends the app; after a panic it also takes a picture.
pub(crate) struct App {
    client: RefCell<Client>,
    runtime: Runtime,
    driver: Driver,
    journey: &'static str,
    /// The process of the page that was there first.
    first_page: Option<u32>,
    /// The process of the page that `client` sees.
    page: Cell<Option<u32>>,
    clicks: Cell<usize>,
}

impl App {
    /// Starts the app on `desktop` and waits for its window. A second start on the same desktop is
    /// the same person coming back.
    pub(crate) fn start(desktop: &Desktop) -> Self {
        let journey = desktop.journey();
        desktop.portal.wait_until_the_app_left();
        let log = File::options()
            .create(true)
            .append(true)
            .open(artefact(&format!("{journey}.log")))
            .expect("a log can be written");
        let driver = Driver::start(desktop.app(), |server| desktop.command(server), &log);
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        wait_until("a page is there", || driver.page().is_some());
        let page = driver.page();
        let client = runtime
            .block_on(async { timeout(PATIENCE, connect(&driver)).await })
            .unwrap_or_else(|_| panic!("{journey}: no window after {PATIENCE:?}: see its log"))
            .unwrap_or_else(|error| panic!("{journey}: no window: {error}"));
        Self {
            client: RefCell::new(client),
            runtime,
            driver,
            journey,
            first_page: page,
            clicks: Cell::new(0),
            page: Cell::new(page),
        }
    }

    /// Waits until the app, which is ending, has ended.
    pub(crate) fn wait_for_end(self) {
        self.driver.wait_for_app_to_end();
    }

    /// Clicks on `name`, which ends the app, and waits until it has ended.
    pub(crate) fn leave_by(self, name: &str) {
        // Not by the driver, which would miss the app while it still reports the click.
        self.run(&format!(
            "const it = document.querySelector('{}'); setTimeout(() => it.click(), 500)",
            selector(name)
        ));
        self.driver.wait_for_app_to_end();
    }

    /// Closes the app and waits until it is gone.
    pub(crate) fn close(self) {
        // The page answers before it asks to quit.
        self.run("setTimeout(() => __TAURI_INTERNALS__.invoke('quit'), 100)");
        self.driver.wait_for_app_to_end();
    }

    /// Kills the app, as a crash or a power cut does.
    pub(crate) fn kill(self) {
        self.driver.kill_app();
    }

    /// Lets the computer sleep for long enough to be noticed.
    pub(crate) fn sleep(&self) {
        self.driver.suspend_app(Duration::from_secs(32));
    }

    /// Kills the page's process, as a crash does.
    pub(crate) fn crash_page(&self) {
        self.driver.kill_page();
    }

    /// Returns whether the page's process is another one than at the start, in a journey that never
    /// locks.
    pub(crate) fn page_has_crashed(&self) -> bool {
        self.driver.page() != self.first_page
    }

    /// Returns the process of the app.
    pub(crate) fn process(&self) -> u32 {
        self.driver.app().expect("the app runs")
    }

    /// Returns the process of the page.
    pub(crate) fn page(&self) -> u32 {
        self.driver.page().expect("there is a page")
    }

    /// Has the driver see the page that the app shows now: on lock and after a crash, its process
    /// is another one.
    async fn follow(&self) -> Result<(), CmdError> {
        if self.page.get().is_some_and(runs) {
            return Ok(());
        }
        let Some(page) = self.driver.page() else {
            return Ok(());
        };
        let client = connect(&self.driver)
            .await
            .map_err(|error| CmdError::InvalidArgument("the page".to_owned(), error.to_string()))?;
        self.client.replace(client);
        self.page.set(Some(page));
        Ok(())
    }

    /// Returns the driver's response, or `None` once the process of the page that it saw has ended:
    /// then there may be none.
    async fn unless_the_page_ends<T>(&self, asking: impl Future<Output = T>) -> Option<T> {
        let mut asking = pin!(asking);
        loop {
            if let Ok(answer) = timeout(Duration::from_millis(200), &mut asking).await {
                return Some(answer);
            }
            if !self.page.get().is_some_and(runs) {
                return None;
            }
        }
    }

    /// The same for an attempt that has an answer of its own to a page that ends.
    async fn while_the_page_lasts<T>(&self, attempt: impl Future<Output = T>) -> Option<T> {
        let mut attempt = pin!(attempt);
        match self.unless_the_page_ends(&mut attempt).await {
            Some(answer) => Some(answer),
            None => timeout(Duration::from_secs(2), attempt).await.ok(),
        }
    }

    /// Returns the client that saw the page last.
    fn client(&self) -> Client {
        self.client.borrow().clone()
    }

    /// Waits until `name` is visible.
    pub(crate) fn wait_for(&self, name: &str) {
        self.seen(name, async |_| Ok(()));
    }

    /// Waits until `name` is gone.
    pub(crate) fn wait_until_gone(&self, name: &str) {
        self.retry(&format!("{name} goes"), async || {
            match self
                .client()
                .find_all(Locator::Css(&selector(name)))
                .await?
                .is_empty()
            {
                true => Ok(Some(())),
                false => Ok(None),
            }
        });
    }

    /// Returns whether `name` is visible now.
    pub(crate) fn sees(&self, name: &str) -> bool {
        let script = format!("{SHOWN}; return Boolean(shown)");
        self.in_time(async |client| client.execute(&script, vec![selector(name).into()]).await)
            .is_ok_and(|it| it == Value::Bool(true))
    }

    /// How often something was clicked so far.
    pub(crate) fn clicks(&self) -> usize {
        self.clicks.get()
    }

    /// Clicks on `name` as soon as possible. Scrolls it out from under the row of buttons first, as
    /// a person does. A page that moves under the pointer gets the click again, and one that goes
    /// on while the driver reports an error does not.
    pub(crate) fn click(&self, name: &str) {
        self.clicks.set(self.clicks.get() + 1);
        const UNCOVER: &str = "if (ready) { const box = it.getBoundingClientRect(); \
             const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]; \
             if (!it.contains(document.elementFromPoint(x, y))) it.scrollIntoView({ block: 'center' }); \
             window.clickArrived = false; \
             const arrived = () => (window.clickArrived = true); \
             it.addEventListener('click', arrived, { once: true, capture: true }) }";
        self.seen_after(UNCOVER, name, async |element| {
            let clicked = self.unless_the_page_ends(element.click()).await;
            let Some(clicked) = clicked else {
                return Ok(());
            };
            // The click may have ended the page, which the driver knows sooner than the system.
            let arrived = "return window.clickArrived !== false";
            let asked = self.client().execute(arrived, Vec::new()).await;
            match (clicked, asked) {
                (_, Ok(Value::Bool(true))) => Ok(()),
                (Ok(()), Ok(_)) => Err(CmdError::InvalidArgument(
                    name.to_owned(),
                    "the click went elsewhere".to_owned(),
                )),
                (clicked, asked) => {
                    let ending = self.unless_the_page_ends(sleep(Duration::from_secs(1)));
                    match ending.await {
                        Some(()) => clicked.and(asked.map(drop)),
                        None => Ok(()),
                    }
                }
            }
        });
    }

    /// Types into `name`, after the text in it.
    pub(crate) fn type_into(&self, name: &str, text: &str) {
        self.seen(name, async |element| element.send_keys(text).await);
    }

    /// Clears the field `name`, then types into it.
    pub(crate) fn replace(&self, name: &str, text: &str) {
        self.seen(name, async |element| element.clear().await);
        self.type_into(name, text);
    }

    /// Presses a key in the focused element.
    pub(crate) fn press(&self, key: Key) {
        self.press_all(&char::from(key).to_string());
    }

    /// Presses a key while Control is held.
    pub(crate) fn press_with_control(&self, key: char) {
        self.press_all(&format!("{}{key}", char::from(Key::Control)));
    }

    fn press_all(&self, keys: &str) {
        self.retry("the focus takes keys", async || {
            self.client()
                .active_element()
                .await?
                .send_keys(keys)
                .await
                .map(Some)
        });
    }

    /// Chooses an entry of the list `name`.
    pub(crate) fn choose(&self, name: &str, value: &str) {
        self.seen(name, async |element| element.select_by_value(value).await);
    }

    /// Returns the visible text of `name`.
    pub(crate) fn text(&self, name: &str) -> String {
        self.seen(name, async |element| element.text().await)
    }

    /// Waits until the text of `name` contains `part`. Returns the whole text.
    pub(crate) fn wait_for_text(&self, name: &str, part: &str) -> String {
        self.retry(&format!("{name} says \"{part}\""), async || {
            let text = self
                .client()
                .find(Locator::Css(&selector(name)))
                .await?
                .text()
                .await?;
            Ok(text.contains(part).then_some(text))
        })
    }

    /// Returns the value of the field `name`.
    pub(crate) fn value(&self, name: &str) -> String {
        self.seen(name, async |element| element.prop("value").await)
            .unwrap_or_default()
    }

    /// Returns the name of the focused element, if it has one.
    pub(crate) fn focused(&self) -> Option<String> {
        self.retry("something has the focus", async || {
            self.client()
                .active_element()
                .await?
                .attr("data-testid")
                .await
                .map(Some)
        })
    }

    /// Runs `script` in the page and returns its result.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.run_with(script, Vec::new())
    }

    /// Runs `script` in the page with `arguments` and returns its result.
    pub(crate) fn run_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.answer("the script runs", async |client| {
            client.execute(script, arguments.clone()).await
        })
    }

    /// Runs `promise` in the page and returns what it gives.
    pub(crate) fn run_async(&self, promise: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; ({promise}).then(done, (error) => done(String(error)))"
        );
        self.answer("the script runs", async |client| {
            client.execute_async(&script, Vec::new()).await
        })
    }

    /// Waits until `condition` is true in the page.
    pub(crate) fn wait_until(&self, what: &str, condition: &str) {
        let script = format!("return Boolean({condition})");
        self.retry(what, async || {
            let holds = self.client().execute(&script, Vec::new()).await?;
            Ok((holds == Value::Bool(true)).then_some(()))
        });
    }

    /// Resizes the window, in pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let zoom = self.run("return outerWidth / innerWidth");
        self.answer("the window can be resized", async |client| {
            client.set_window_size(width, height).await
        });
        // The page follows: until it has, a click lands where an element was.
        self.wait_until(
            "the page is as large as the window",
            &format!(
                "outerWidth === {width} && outerHeight === {height} \
                 && Math.abs(innerWidth * {zoom} - {width}) < 2"
            ),
        );
    }

    /// Switches the desktop to a look, and waits until the window has it.
    pub(crate) fn turn(&self, desktop: &Desktop, look: Look) {
        desktop.portal.switch(look);
        self.wait_until(
            &format!("the window is {}", look.name()),
            &format!(
                "matchMedia('(prefers-color-scheme: {})').matches",
                look.name()
            ),
        );
    }

    /// Takes pictures of the window: `target/artefacts/NAME-light.png` and `NAME-dark.png`.
    pub(crate) fn screenshot(&self, desktop: &Desktop, name: &str) {
        self.pictures(desktop, name);
        if std::env::var_os(LARGE_TEXT).is_some() {
            self.screenshot_large(name);
        }
        // Those of the smallest window are of the same pages.
        if std::env::var_os(LARGE_WINDOW).is_some() && self.run("return innerWidth") == 1000 {
            self.screenshot_wide(desktop, &format!("wide-{name}"));
        }
    }

    fn pictures(&self, desktop: &Desktop, name: &str) {
        self.wait_until(
            &format!("{name} says why its main button is disabled"),
            SAYS_WHY,
        );
        for look in [Look::Dark, Look::Light] {
            self.turn(desktop, look);
            if let Err(problem) = self.picture(&format!("{name}-{}.png", look.name())) {
                panic!("{}: no picture of the window: {problem}", self.journey);
            }
        }
    }

    /// Takes a picture at twice the size of text, and asserts that the page fits the width.
    fn screenshot_large(&self, name: &str) {
        let usual =
            self.run_async("__TAURI_INTERNALS__.invoke('status').then((it) => it.preferences)");
        let prefer = |preferences: &Value| {
            let request = serde_json::json!({ "request": preferences });
            self.run_async(&format!(
                "__TAURI_INTERNALS__.invoke('change_preferences', {request})"
            ));
        };
        // A start that failed has no preferences, and the smallest window no room for the half.
        if !usual.is_object() || self.run("return innerWidth < 1000") == true {
            return;
        }
        let mut large = usual.clone();
        large["text_percent"] = 200.into();
        prefer(&large);
        self.wait_until("everything is larger", "innerWidth < 0.6 * outerWidth");
        let pictured = self.picture(&format!("large-{name}.png"));
        let wide = self.run(WIDE);
        prefer(&usual);
        self.wait_until("everything is usual", "innerWidth > 0.9 * outerWidth");
        pictured.expect("a picture of the window");
        assert_eq!(wide, false, "large {name} needs no scrolling sideways");
    }

    /// Takes the pictures in the smallest window, and asserts that the page fits its width.
    pub(crate) fn screenshot_small(&self, desktop: &Desktop, name: &str) {
        self.resize(640, 480);
        self.pictures(desktop, name);
        let wide = self.run(WIDE);
        assert_eq!(wide, false, "{name} needs no scrolling sideways");
        self.resize(1000, 720);
    }

    /// Takes the pictures in a window as large as a common screen.
    pub(crate) fn screenshot_wide(&self, desktop: &Desktop, name: &str) {
        self.resize(1920, 1080);
        self.pictures(desktop, name);
        self.resize(1000, 720);
    }

    fn picture(&self, file: &str) -> Result<(), String> {
        // A picture shows the last painted frame. Without this wait it may be older than the last
        // change, or from the middle of a transition.
        const PAINT: &str = "const done = arguments[0]; \
             const moving = document.getAnimations().filter((it) => it instanceof CSSTransition); \
             const still = Promise.allSettled(moving.map((it) => it.finished)); \
             Promise.race([still, new Promise((late) => setTimeout(late, 500))]) \
             .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())))";
        let png = self.in_time(async |client| {
            client.execute_async(PAINT, Vec::new()).await?;
            client.screenshot().await
        })?;
        fs::write(artefact(file), png).expect("a picture can be written");
        Ok(())
    }

    /// Calls `act` with the element `name` once it is visible and enabled, and retries until it
    /// succeeds.
    fn seen<T>(&self, name: &str, act: impl AsyncFn(&Element) -> Result<T, CmdError>) -> T {
        self.seen_after("", name, act)
    }

    /// The same; `step` runs in the page before, where `it` is the element and `ready` whether it
    /// is visible and enabled.
    fn seen_after<T>(
        &self,
        step: &str,
        name: &str,
        act: impl AsyncFn(&Element) -> Result<T, CmdError>,
    ) -> T {
        // One script: a request of its own for each question is half of a journey's time.
        let script = format!(
            "{SHOWN}; const ready = shown && !it.matches(':disabled'); {step}; \
             return ready ? it : null"
        );
        self.retry(&format!("{name} is there"), async || {
            let arguments = vec![selector(name).into()];
            match element_of(&self.client().execute(&script, arguments).await?) {
                Some(id) => {
                    let element = Element::from_element_id(self.client(), id);
                    act(&element).await.map(Some)
                }
                None => Ok(None),
            }
        })
    }

    /// Returns the driver's response. A page that hangs fails the journey, not the whole run.
    fn answer<T>(&self, what: &str, ask: impl AsyncFn(Client) -> Result<T, CmdError>) -> T {
        match self.in_time(ask) {
            Ok(answer) => answer,
            Err(problem) => panic!("{}: {what}: {problem}", self.journey),
        }
    }

    /// Returns the driver's response, or the reason why there is none.
    fn in_time<T>(&self, ask: impl AsyncFn(Client) -> Result<T, CmdError>) -> Result<T, String> {
        let asking = async {
            self.follow().await?;
            ask(self.client()).await
        };
        match self
            .runtime
            .block_on(async { timeout(PATIENCE, asking).await })
        {
            Ok(answer) => answer.map_err(|error| error.to_string()),
            Err(_) => Err(format!("no answer after {PATIENCE:?}")),
        }
    }

    /// All the text of the page, for a log without pictures.
    async fn page_says(&self) -> Result<Value, CmdError> {
        let script = "return document.body.innerText";
        self.client().execute(script, Vec::new()).await
    }

    /// Retries until `attempt` returns a value. The page may change between two attempts, so errors
    /// count only at the end.
    fn retry<T, F>(&self, what: &str, attempt: impl Fn() -> F) -> T
    where
        F: Future<Output = Result<Option<T>, CmdError>>,
    {
        let deadline = Instant::now() + PATIENCE;
        self.runtime.block_on(async {
            loop {
                let asking = async {
                    self.follow().await?;
                    let answer = self.while_the_page_lasts(attempt()).await;
                    answer.unwrap_or(Ok(None))
                };
                let answer = timeout(PATIENCE, asking).await;
                if let Ok(Ok(Some(answer))) = answer {
                    return answer;
                }
                if Instant::now() > deadline {
                    let last = match answer {
                        Ok(Err(error)) => error.to_string(),
                        Ok(Ok(_)) => "not yet".to_owned(),
                        Err(_) => "the driver does not answer".to_owned(),
                    };
                    let page = timeout(PATIENCE, self.page_says()).await;
                    panic!(
                        "{}: timed out after {PATIENCE:?}: {what} ({last}); the page says {page:?}",
                        self.journey
                    );
                }
                sleep(Duration::from_millis(40)).await;
            }
        })
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if panicking() {
            // If the window itself failed, there is no picture, and the panic says why.
            let _ = self.picture(&format!("failed-{}.png", self.journey));
        }
    }
}

/// Has the server reach into the app.
async fn connect(driver: &Driver) -> Result<Client, NewSessionError> {
    let builder = ClientBuilder::new(HttpConnector::new());
    builder.connect(&driver.address()).await
}

/// Finds the element of the selector in the first argument, and whether a person sees it.
const SHOWN: &str = "const it = document.querySelector(arguments[0]); \
     const style = { opacityProperty: true, visibilityProperty: true }; \
     const shown = it?.checkVisibility(style) && it.getClientRects().length > 0";

/// Returns the element that a script returned: an object with the one key that WebDriver names
/// (§12.2).
fn element_of(answer: &Value) -> Option<ElementRef> {
    let (_, id) = answer.as_object()?.iter().next()?;
    Some(ElementRef::from(id.as_str()?.to_owned()))
}

fn selector(name: &str) -> String {
    format!("[data-testid=\"{name}\"]")
}
