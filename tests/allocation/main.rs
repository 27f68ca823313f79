//! What is promised of memory, counted by an allocator of this program.

mod a_restart_keeps_no_memory;
mod a_step_allocates_nothing;
mod counting;
