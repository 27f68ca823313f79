//! What the command line, the documents and the manifests promise: one module per claim.

mod check_in_ten_lines;
mod claims_file_lists_every_claim;
mod command_line;
mod dependencies_have_a_reason;
mod embedding_guide_names_what_there_is;
mod fuzz_seeds_cover_every_exhibit;
mod links_in_texts_open;
mod one_version_everywhere;
mod protocol_states_every_claim;
mod teaching_numbers_are_on_the_screen;
mod the_paper_counts_our_claims;
mod workflows_pin_their_actions;
