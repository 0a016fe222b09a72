//! The drafts of the open wallet.

use usecases::drafts::{self, DraftError, Unread};
use wallet::drafts::Draft;
use wallet::{Body, ItemId};

use crate::application::{App, Locked};

impl App {
    /// Keeps what is typed into an item of the open wallet and not saved; see [`drafts::keep`].
    ///
    /// # Errors
    /// [`Locked`]; see [`DraftError`].
    pub fn keep_draft<E: From<Locked> + From<DraftError>>(
        &self,
        id: ItemId,
        over: Option<u32>,
        body: Body,
    ) -> Result<(), E> {
        self.update(|world, session| Ok(drafts::keep(world, session, id, over, body)?))
    }

    /// Forgets what was kept of an item of the open wallet.
    ///
    /// # Errors
    /// [`Locked`]; see [`DraftError`].
    pub fn forget_draft<E: From<Locked> + From<DraftError>>(&self, id: ItemId) -> Result<(), E> {
        self.update(|world, session| Ok(drafts::forget(world, session, &[id])?))
    }

    /// The drafts of the open wallet; see [`drafts::list`].
    ///
    /// # Errors
    /// [`Locked`]; see [`Unread`].
    pub fn drafts<E: From<Locked> + From<Unread>>(&self) -> Result<Vec<Draft>, E> {
        self.update(|world, session| Ok(drafts::list(world, session)?))
    }

    /// The draft of an item of the open wallet, to be typed on; see [`drafts::resume`].
    ///
    /// # Errors
    /// [`Locked`]; see [`Unread`].
    pub fn resume_draft<E: From<Locked> + From<Unread>>(
        &self,
        id: ItemId,
    ) -> Result<Option<Draft>, E> {
        self.update(|world, session| Ok(drafts::resume(world, session, id)?))
    }
}
