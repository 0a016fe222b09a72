//! Lives of a person with wallets and codes, simulated from a seed: the real use cases over ports
//! that fail, and an oracle of its own that says what must hold. `docs/lives.md` describes it.

pub mod acts;
pub mod aftermath;
pub mod around;
pub mod authenticator;
pub mod belief;
pub mod breaks;
pub mod computer;
pub mod drafts;
pub mod draw;
pub mod drive;
pub mod faults;
pub mod file_act;
pub mod happen;
pub mod happening;
pub mod judge;
pub mod keepsakes;
pub mod life;
pub mod meter;
pub mod numbers;
pub mod oracle;
pub mod owner;
pub mod ports;
pub mod probe;
pub mod probed;
pub mod process;
pub mod run;
pub mod shrink;
pub mod tally;
pub mod task;
pub mod tell;
pub mod truth;
pub mod typed;
pub mod words;
