//! What depends on bytes alone is worked out once in a simulation.

/// Works out a value of this type, which depends on these bytes alone. Builds with the feature
/// `testing` do it once in a simulation, see `testing::once`, and copy it by `$copy`. Shipped
/// builds do it each time, and have no use for the bytes and the copy.
#[macro_export]
macro_rules! once {
    ($type:ty, $bytes:expr, $work:expr) => {
        $crate::once!($type, $bytes, $work, Clone::clone)
    };
    ($type:ty, $bytes:expr, $work:expr, $copy:expr) => {{
        #[cfg(any(test, feature = "testing"))]
        {
            ::std::thread_local! {
                static KNOWN: ::std::cell::RefCell<$crate::testing::Known<$type>> =
                    ::std::cell::RefCell::default();
            }
            $crate::testing::once(&KNOWN, $bytes, || $work, $copy)
        }
        #[cfg(not(any(test, feature = "testing")))]
        {
            $work
        }
    }};
}
