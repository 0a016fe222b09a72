//! Brings kits up to date in the background: a drive that is slow or gone holds nothing up.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, mpsc};

use usecases::kits::{KitReport, KitWork};

use crate::application::App;
use crate::mutex::locked;
use crate::stage::State;

impl App {
    /// Brings the kits of the open wallet up to date. Waits for them a moment; a drive that takes
    /// longer is reported as such, and again when it has answered.
    pub fn refresh_kits(&self) {
        let date = self.ports.clock.now();
        let (epoch, wallet, work) = {
            let state = self.state();
            let Some(open) = state.signed_in() else {
                return;
            };
            let work = KitWork::of(&open.session, date);
            (state.epoch, open.session.wallet(), work)
        };
        let Some(work) = work else { return };
        let turns = self.kits.of(wallet);
        let number = turns.newest.fetch_add(1, Ordering::SeqCst) + 1;
        let (disk, state) = (Arc::clone(&self.ports.disk), Arc::clone(&self.state));
        let unanswered = work.unanswered();
        let (done, waits) = mpsc::channel();
        std::thread::spawn(move || {
            let _turn = locked(&turns.turn);
            if turns.newest.load(Ordering::SeqCst) == number {
                report(&state, epoch, work.run(&*disk));
            }
            // The command may have stopped waiting.
            let _ = done.send(());
        });
        if waits.recv_timeout(self.kits.patience).is_err() {
            report(&self.state, epoch, unanswered);
        }
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
