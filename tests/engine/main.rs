//! What the mathematics promises of network, objective, kernel, training and task: one module per claim.

#[path = "../naive/mod.rs"]
mod naive;
#[path = "../oracle/mod.rs"]
mod oracle;
#[path = "../windows/mod.rs"]
mod windows;

mod activations_equal_their_formulas;
mod agrees_with_jax;
mod alignment_and_overlap_equal_their_formulas;
mod averaged_operators_equal_their_definition;
mod cross_entropy_agrees_with_jax;
mod cross_entropy_equals_its_definition;
mod csv_points_say_which_line_is_wrong;
mod defects_are_what_the_quadrature_leaves;
mod frozen_kernel_is_exact_for_a_linear_model;
mod full_batch_training_draws_nothing;
mod gate_decides_like_brute_force;
mod gate_masks_the_step;
mod gauss_nodes_integrate_polynomials;
mod given_points_are_checked;
mod glorot_weights_have_their_size;
mod gradient_matches_finite_differences;
mod input_span_is_the_same_network;
mod jets_agree_with_jax;
mod jets_are_derivatives;
mod kernel_equals_explicit_jacobian;
mod layers_make_the_network;
mod leading_modes_equal_the_spectrum;
mod loss_falls_at_the_kernel_rate;
mod minimum_norm_is_least_squares;
mod modular_addition_splits_the_table;
mod moments_equal_brute_force;
mod one_call_trains_and_integrates;
mod one_hot_inputs_agree_with_dense_products;
mod operator_errors_shrink_with_the_step;
mod operators_agree_with_jax;
mod operators_are_exact_along_the_path;
mod operators_are_exact_for_a_linear_model;
mod operators_equal_their_definition;
mod optimisers_agree_with_jax;
mod optimisers_take_the_written_step;
mod outputs_equal_the_layer_equations;
mod pinn_gate_decides_like_brute_force;
mod poisson_is_what_it_says;
mod preference_loss_equals_its_definition;
mod preferences_agree_with_jax;
mod preferences_follow_the_reward;
mod random_mask_copies_an_active_fraction;
mod single_index_data;
mod sixty_malformed_inputs;
mod spectrum_is_an_eigenbasis;
mod streaming_gate_equals_its_definition;
mod trace_kernel_sums_over_outputs;
mod training_is_reproducible;
mod transfer_bound_holds;
mod watching_changes_no_digit;
