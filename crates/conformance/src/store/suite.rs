//! The list of cases, and the macro that makes tests of them.

/// Makes a test of every case for a store. Takes the path of an `async fn() -> impl StoreUnderTest` that sets up a new, empty log.
///
/// What a store cannot do is named, and its cases are left out:
/// * `cannot: several_nodes`: only one process writes to a log, or nobody tells the others;
/// * `cannot: outlive_its_process`: the log is gone when it is closed, and nobody else can open it.
#[macro_export]
macro_rules! store_suite {
    ($make:path) => {
        $crate::cases_of_every_store! { $make }
        $crate::cases_of_lasting_stores! { $make }
        $crate::cases_of_several_nodes! { $make }
    };
    ($make:path, cannot: several_nodes) => {
        $crate::cases_of_every_store! { $make }
        $crate::cases_of_lasting_stores! { $make }
    };
    ($make:path, cannot: outlive_its_process) => {
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
                a_thousand_events_go_in_one_proposal
                a_dropped_transaction_leaves_no_gap
                a_refused_proposal_leaves_no_gap
                a_clock_that_steps_back_never_makes_recorded_at_fall
                a_clock_that_is_years_off_stops_nobody
                reading_the_log_in_pages_of_any_size_gives_every_event_once
                the_position_before_a_time_is_that_of_the_last_event_recorded_before_it
                many_writers_at_once_leave_no_gap_and_no_repeat
            ]
            identity: [
                a_repeat_gets_the_first_answer
                a_repeat_in_one_batch_is_stored_once
                a_repeat_that_spells_its_json_otherwise_is_a_repeat
                the_same_id_with_other_content_is_refused_alone_and_with_both_digests
                a_repeated_request_gets_the_first_answer_word_for_word
                a_request_id_that_is_used_for_something_else_is_refused
                a_request_over_known_events_is_kept_though_it_writes_no_event
                the_first_answer_to_a_request_can_be_looked_up
                old_answers_are_forgotten_and_ids_never
                a_workflow_is_started_once_by_command
            ]
            exactness: [
                json_comes_back_byte_for_byte
                source_context_and_extensions_come_back_byte_for_byte
                deep_and_large_payloads_come_back
                every_optional_field_comes_back_set_and_unset
                causes_come_back_in_their_order_with_repeats_and_the_event_itself
                a_message_from_the_bus_comes_back_with_its_journey_and_its_bytes
                the_bytes_of_a_message_need_not_be_text
                times_of_any_year_come_back_to_the_nanosecond
                names_of_any_script_and_length_come_back
            ]
            belonging: [
                what_an_event_says_stands_before_its_session_and_its_parents
                each_field_comes_from_the_first_parent_that_has_it
                a_session_tells_workflow_and_agent_over_batches
                session_links_come_in_order_and_in_pages
                a_late_parent_fills_in_every_level_below_it
                a_late_parent_fills_in_only_what_is_missing
                a_child_and_its_parent_in_one_batch_may_come_in_the_wrong_order
                a_batch_meets_events_that_wait_for_it_and_children_of_those
                hundreds_of_events_can_wait_for_one
                causes_that_form_a_cycle_share_what_they_have
                what_an_event_is_about_comes_from_itself_then_from_its_parents
                a_late_parent_tells_an_event_that_belongs_what_it_is_about
                an_event_that_belongs_and_coordinates_nothing_gains_nothing
                a_session_that_told_nothing_is_nothing_to_keep
            ]
            causes: [
                edges_to_parents_come_by_child_and_in_the_order_in_which_they_were_named
                edges_to_children_come_by_position_and_stop_at_the_limit
                walks_go_both_ways_with_depth_and_path
                a_parent_that_never_arrives_is_shown
                cycles_end_every_walk
                a_ladder_of_diamonds_has_each_event_once
                limits_cut_a_walk_and_say_so_exactly
                many_edges_to_few_events_do_not_cut_a_walk
                a_level_of_thousands_is_walked
            ]
            causation: [
                paths_lead_from_cause_to_consequence_the_shortest_first
                the_nearest_common_causes_are_found_the_newest_first
                what_came_of_an_event_is_summed_up
                an_outline_has_the_payload_only_where_it_can_have_metrics
                a_ladder_of_diamonds_has_a_few_shortest_paths_and_one_sum
                cycles_end_every_question
                a_crowd_of_children_is_never_read_whole
            ]
            listing: [
                each_filter_alone_chooses_what_it_says
                filters_together_choose_what_fits_them_all
                type_patterns_know_their_wildcards
                the_chain_of_an_event_is_what_led_to_it_what_came_of_it_and_what_shares_its_id
                times_of_a_filter_count_to_the_nanosecond
                pages_cover_everything_once_in_both_directions_while_appends_go_on
                a_page_that_ends_with_the_last_event_says_that_nothing_follows
                only_the_recorded_ones_of_many_ids_are_found
                a_reader_by_wildcard_misses_no_type_that_appears_while_it_reads
            ]
            workflows: [
                a_state_follows_its_events_and_comes_back_whole
                a_refused_proposal_moves_no_state
                no_content_of_an_event_stops_its_workflow
                workflows_are_listed_by_every_filter_alone_and_together
                workflows_are_found_by_words_in_their_name_or_description
                workflows_are_counted_by_the_filters_that_list_them
                pages_of_workflows_cover_each_once
                a_version_counts_the_events_of_a_workflow
            ]
            states: [
                a_state_comes_back_whole_by_its_key
                a_state_that_moved_stands_in_place_of_what_it_was
                a_dropped_transaction_moves_no_state
                states_are_listed_by_each_label_alone
                labels_of_one_list_are_alternatives_and_every_list_must_hold
                pages_of_states_cover_each_once_in_order_of_rank
                pages_stay_in_order_while_states_move
                labels_that_a_state_lost_do_not_find_it_any_more
                states_are_due_when_their_time_has_come_the_longest_due_first
                times_of_any_year_can_be_due
                names_of_any_script_and_length_stop_no_state
                hundreds_of_states_move_in_one_batch
            ]
            signs: [
                the_newest_sign_stands
                what_a_sign_said_stands_until_another_says_something
                signs_of_one_thing_in_one_batch_count_in_order_of_their_time
                one_id_may_be_that_of_several_things
                thousands_of_signs_come_at_once
                signs_of_the_same_things_can_be_written_by_many_at_once
                only_what_was_acknowledged_comes_back
                an_instruction_can_be_acknowledged_again
            ]
            reservations: [
                work_is_held_out_to_one_session_alone
                one_of_many_that_ask_at_once_gets_it
                the_session_that_has_it_can_keep_it
                after_its_time_another_session_gets_it
                only_the_session_that_has_it_gives_it_up
            ]
            subscriptions: [
                a_group_is_created_once_and_comes_back_whole
                a_change_is_written_at_the_revision_that_was_read_or_not_at_all
                of_many_who_change_a_group_at_once_each_change_stands_once
                deliveries_come_back_in_order_but_for_the_parked_ones
                parked_deliveries_come_in_pages_and_by_their_ids
                parked_deliveries_tell_which_keys_they_hold_up
                a_seek_drops_what_is_delivered_anew
                a_deleted_group_is_gone_with_its_deliveries
                a_first_answer_is_kept_with_the_change_or_not_at_all
                a_repeat_of_an_answered_request_changes_nothing
                thousands_of_deliveries_move_at_once
                names_of_any_script_stop_no_group
                events_after_a_place_are_counted_up_to_a_limit
                a_projector_moves_with_what_it_appends_or_not_at_all
            ]
            snapshots: [
                a_snapshot_comes_back_whole_and_chunk_by_chunk
                a_chunk_is_stored_once
                an_upload_that_is_begun_again_answers_what_is_missing
                an_upload_that_is_finished_can_be_asked_for_again
                an_upload_that_is_not_there_takes_nothing
                the_same_content_is_one_snapshot_however_it_is_cut
                snapshots_are_found_without_their_chunks
                names_of_any_script_and_thousands_of_chunks_stop_no_snapshot
                an_abandoned_upload_is_dropped_with_the_chunks_that_only_it_had
                a_snapshot_is_kept_as_long_as_a_checkpoint_names_it
                a_chunk_that_something_needs_is_never_dropped
                a_content_that_comes_again_is_kept_for_whom_it_comes
                the_bytes_that_only_some_snapshots_take_are_counted
                uploads_and_collections_at_once_lose_nothing
            ]
            replays: [
                a_survey_counts_what_a_range_holds_by_type_and_says_where_it_begins_and_ends
                a_survey_follows_a_chain
                the_bodies_of_many_messages_come_back_and_events_without_one_are_left_out
                only_ids_that_were_recorded_are_known
                a_replay_comes_back_whole_with_each_change
                of_two_who_change_a_replay_at_once_one_is_told
                a_request_about_a_replay_keeps_its_first_answer
                old_answers_about_replays_are_forgotten
                pages_of_replays_cover_each_once_the_newest_first
                only_replays_that_somebody_has_to_run_are_running
            ]
            housekeeping: [
                every_type_that_was_recorded_is_listed_with_its_first_position
                messages_in_quarantine_come_back_whole_and_in_pages
                no_name_on_the_bus_keeps_a_message_out_of_quarantine
                a_lease_has_one_holder_who_can_keep_it
                a_lease_that_ran_out_or_was_given_up_is_taken_over_with_a_greater_token
                a_cursor_goes_forward_only_and_only_for_the_holder_of_the_lease
                maintenance_can_be_repeated_and_loses_nothing
                a_closed_store_answers_that_it_is_not_there
            ]
            upkeep: [
                messages_in_quarantine_are_found_by_their_ids
                a_message_that_stays_in_quarantine_has_its_new_reason_and_count
                messages_leave_quarantine_for_good
                the_audit_is_read_by_every_part_from_the_newest_on
                the_first_answer_to_a_request_is_kept_until_it_is_forgotten
                nodes_are_listed_while_they_give_signs
                a_lease_says_who_holds_it
                a_log_of_disorder_is_whole_and_its_states_are_right
                an_empty_log_is_whole
                states_that_differ_are_found_and_replaced_with_their_labels
                a_log_that_goes_on_meanwhile_is_no_finding
            ]
            rebuild: [
                a_rebuild_equals_live_after_a_history_of_disorder
                a_rebuild_equals_live_after_many_short_histories
            ]
        }
    };
}

/// The cases of a log that can be opened again.
#[doc(hidden)]
#[macro_export]
macro_rules! cases_of_lasting_stores {
    ($make:path) => {
        $crate::store_tests! { $make,
            durability: [
                the_store_keeps_its_id
                what_was_committed_is_there_whole
                a_request_is_known_after_a_restart
                an_event_that_waited_before_a_restart_is_filled_in_after_it
                a_transaction_that_was_never_committed_is_gone
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
                a_reader_on_either_node_never_sees_a_gap_while_both_write
                a_repeat_on_the_other_node_is_a_repeat
                what_was_decided_before_another_node_wrote_is_not_written
                an_answer_that_records_no_event_is_seen_by_who_decides_meanwhile
                one_of_two_nodes_has_a_lease
                of_two_nodes_that_change_a_group_each_change_stands_once
                a_node_that_dies_in_a_transaction_stops_nobody
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
