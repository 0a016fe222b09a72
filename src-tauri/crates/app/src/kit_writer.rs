//! Brings kits up to date in the background: a drive that is slow or gone holds nothing up.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use usecases::kits::{KitProblem, KitReport, KitWork};

use crate::application::App;
use crate::kit_turns::Waiting;
use crate::mutex::locked;
use crate::stage::State;

impl App {
    /// Brings the kits of the open wallet up to date. Waits for them a moment; a drive that takes
    /// longer is reported as such, and again when it has answered.
    pub fn refresh_kits(&self) {
        let date = self.ports.clock.now();
        let (epoch, turns, number, work, hangs) = {
            let state = self.state();
            let Some(open) = state.signed_in() else {
                return;
            };
            let work = KitWork::of(&open.session, date);
            let mut kits = open.session.kits().into_iter();
            let hangs = kits.all(|kit| kit.problem == Some(KitProblem::NoAnswer));
            let Some(work) = work else { return };
            let turns = self.kits.of(open.session.wallet());
            // Under the lock, so that the newest state has the newest number.
            let number = turns.newest.fetch_add(1, Ordering::SeqCst) + 1;
            (state.epoch, turns, number, work, hangs)
        };
        let (disk, state) = (Arc::clone(&self.ports.disk), Arc::clone(&self.state));
        let late = Arc::clone(&self.kits.late);
        let unanswered = work.unanswered();
        let waiting = Arc::new(Mutex::new(Waiting::On));
        let waited = Arc::clone(&waiting);
        let (done, waits) = mpsc::channel();
        std::thread::spawn(move || {
            let _turn = locked(&turns.turn);
            if turns.newest.load(Ordering::SeqCst) == number {
                let made = work.run(&*disk);
                let mut waited = locked(&waited);
                report(&state, epoch, made);
                late.fetch_or(*waited == Waiting::GaveUp, Ordering::SeqCst);
                *waited = Waiting::Over;
            }
            // The command may have stopped waiting.
            let _ = done.send(());
        });
        // A drive that hung a moment ago holds nobody up again.
        let patience = match hangs {
            true => Duration::ZERO,
            false => self.kits.patience,
        };
        if waits.recv_timeout(patience).is_err() {
            let mut waiting = locked(&waiting);
            if *waiting == Waiting::On {
                report(&self.state, epoch, unanswered);
                *waiting = Waiting::GaveUp;
            }
        }
    }

    /// Whether a drive has answered late since this was asked last.
    pub fn take_late_kits(&self) -> bool {
        self.kits.late.swap(false, Ordering::SeqCst)
    }
}

fn report(state: &Mutex<State>, epoch: u64, report: KitReport) {
    let mut state = locked(state);
    let current = state.epoch == epoch;
    if let Some(open) = state.signed_in_mut().filter(|_| current) {
        let mut session = open.session.fork();
        session.take_kit_report(report);
        open.session = Arc::new(session);
    }
}
