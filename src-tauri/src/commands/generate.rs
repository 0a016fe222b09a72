//! Passwords and phrases that nobody guesses.

use content::generate::{self, generate as make};
use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;

use super::create::{Strength, strength};
use super::{Shared, run};
use crate::error::CommandError;

/// What is to be made.
#[derive(Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Recipe {
    Characters {
        /// 4 to 128.
        length: usize,
        letters: bool,
        capitals: bool,
        digits: bool,
        signs: bool,
    },
    Words {
        /// 3 to 12.
        count: usize,
        separator: String,
        capitals: bool,
        digit: bool,
    },
}

impl From<Recipe> for generate::Recipe {
    fn from(recipe: Recipe) -> Self {
        match recipe {
            Recipe::Characters {
                length,
                letters,
                capitals,
                digits,
                signs,
            } => Self::Characters {
                length,
                letters,
                capitals,
                digits,
                signs,
            },
            Recipe::Words {
                count,
                separator,
                capitals,
                digit,
            } => Self::Words {
                count,
                separator,
                capitals,
                digit,
            },
        }
    }
}

#[derive(Deserialize, TS)]
pub(crate) struct Generate {
    recipe: Recipe,
}

/// A text that was made, and how hard it is to guess.
#[derive(Serialize, TS)]
pub(crate) struct Generated {
    text: String,
    strength: Strength,
}

#[command]
pub(crate) async fn generate(
    shell: Shared<'_>,
    request: Generate,
) -> Result<Generated, CommandError> {
    run(shell, move |shell| {
        let recipe = request.recipe.into();
        let text = shell.app.world(|world| make(world.rng, &recipe));
        Ok(Generated {
            strength: strength(&text, ""),
            // It crosses because the person asked for it.
            text: text.to_string(),
        })
    })
    .await
}
