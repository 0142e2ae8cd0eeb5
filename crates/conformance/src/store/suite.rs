//! The list of cases, and the macro that makes tests of them.

/// Makes a test of every case for a store. Takes the path of an `async fn() -> impl StoreUnderTest` that sets up a new, empty log.
///
/// `cannot: several_nodes` leaves out the cases that need a second node beside the first: a store whose log one process opens alone.
#[macro_export]
macro_rules! store_suite {
    ($make:path) => {
        $crate::cases_of_every_store! { $make }
        $crate::cases_of_several_nodes! { $make }
    };
    ($make:path, cannot: several_nodes) => {
        $crate::cases_of_every_store! { $make }
    };
}

/// The cases that every store passes.
#[doc(hidden)]
#[macro_export]
macro_rules! cases_of_every_store {
    ($make:path) => {
        $crate::store_tests! { $make,
            log: [
                an_empty_log_begins_before_its_first_position
                positions_are_one_two_three_over_events_and_batches
                a_dropped_transaction_leaves_no_gap
                a_refused_proposal_leaves_no_gap
                a_clock_that_steps_back_never_makes_recorded_at_fall
                a_clock_that_is_years_off_stops_nobody
                reading_the_log_in_pages_of_any_size_gives_every_event_once
                the_position_before_a_time_is_that_of_the_last_event_recorded_before_it
                what_was_committed_is_there_after_closing_and_opening
                the_store_keeps_its_id
                many_writers_at_once_leave_no_gap_and_no_repeat
            ]
        }
    };
}

/// The cases that need a second node on the same log.
#[doc(hidden)]
#[macro_export]
macro_rules! cases_of_several_nodes {
    ($make:path) => {
        $crate::store_tests! { $make,
            nodes: [
                two_nodes_that_write_at_once_leave_no_gap_and_no_repeat
                an_event_of_one_node_wakes_the_other
            ]
        }
    };
}

/// One test for each case.
#[doc(hidden)]
#[macro_export]
macro_rules! store_tests {
    ($make:path, $($group:ident: [$($case:ident)*])*) => {
        $(
            mod $group {
                use super::*;
                $(
                    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                    async fn $case() {
                        let world = $crate::store::World::of($make().await);
                        $crate::store::cases::$group::$case(&world).await;
                        world.finish().await;
                    }
                )*
            }
        )*
    };
}
