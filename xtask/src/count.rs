//! Counts tests by the summary lines of cargo and vitest.

/// Numbers of tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Count {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Parses a summary line. Any other line counts no tests.
    pub(crate) fn of(line: &str) -> Self {
        let line = line.trim();
        let Some(summary) = line.strip_prefix("test result:").or_else(|| {
            line.strip_prefix("Tests ")
                .filter(|rest| rest.contains('('))
        }) else {
            return Self::default();
        };
        let number_before = |word| {
            let words: Vec<_> = summary
                .split([' ', ';', '|', '.'])
                .filter(|it| !it.is_empty())
                .collect();
            words
                .windows(2)
                .find(|pair| pair[1] == word)
                .and_then(|pair| pair[0].parse().ok())
                .unwrap_or(0)
        };
        Self {
            passed: number_before("passed"),
            failed: number_before("failed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_of_cargo_is_counted() {
        assert_eq!(
            Count::of(
                "test result: ok. 15 passed; 0 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.01s"
            ),
            Count {
                passed: 15,
                failed: 0
            }
        );
        assert_eq!(
            Count::of(
                "test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out"
            ),
            Count {
                passed: 3,
                failed: 1
            }
        );
    }

    #[test]
    fn the_summary_of_vitest_is_counted() {
        assert_eq!(
            Count::of("      Tests  12 passed (12)"),
            Count {
                passed: 12,
                failed: 0
            }
        );
        assert_eq!(
            Count::of("      Tests  1 failed | 11 passed (12)"),
            Count {
                passed: 11,
                failed: 1
            }
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in [
            "",
            " Test Files  3 passed (3)",
            "test a ... ok",
            "Tests 5 passed",
            "5 passed; 1 failed",
        ] {
            assert_eq!(Count::of(line), Count::default(), "{line}");
        }
    }
}
