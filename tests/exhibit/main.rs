//! What every exhibit and its drawing promise, without a browser: one module per claim.

#[path = "../chart_samples/mod.rs"]
mod chart_samples;
#[path = "../declarations/mod.rs"]
mod declarations;
#[path = "../naive/mod.rs"]
mod naive;
#[path = "../pictures/mod.rs"]
mod pictures;
#[path = "../scenario/mod.rs"]
mod scenario;
#[path = "../small/mod.rs"]
mod small;

mod a_breakdown_is_told_at_its_step;
mod a_moved_cursor_is_always_drawn;
mod benign_shows_ends_of_earlier_runs;
mod channel_tells_the_story;
mod channel_window_never_mixes;
mod chart_rendering;
mod chart_words;
mod comparison_links_replay;
mod comparison_run_differs_in_one_knob;
mod csv_says_which_run_it_is;
mod declared_types_are_what_is_written;
mod descent_sweep_is_what_it_says;
mod every_bit_is_what_it_was;
mod every_exhibit_has_a_fixture;
mod every_view_can_be_looked_into;
mod exhibit_knobs;
mod exhibit_replay;
mod exhibit_tells_the_story;
mod exports_read_back_to_the_bit;
mod files_hold_no_free_text;
mod grokking_replays_and_answers;
mod labels_have_room;
mod long_logs_fit_into_a_link;
mod mangled_links_are_read_as_meant;
mod marks_mean_what_they_say;
mod names_that_are_no_knob;
mod order_and_solution_follow_the_kernel_only_if_it_stands_still;
mod own_points;
mod own_points_are_linked_and_edited;
mod own_points_are_what_the_person_gave;
mod own_points_have_no_true_function;
mod palette_has_contrast;
mod placed_texts;
mod products_of_matrices_find_low_rank;
mod race_arms_run_in_lockstep;
mod race_carries_operators;
mod second_run_is_drawn_over_the_first;
mod snapshot_rebuilds_the_kernel;
mod the_gate_is_judged_beside_finished_runs;
mod views_look_as_reviewed;
mod whatever_is_done_an_exhibit_keeps_its_promises;
