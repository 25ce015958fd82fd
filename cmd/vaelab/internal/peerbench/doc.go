// Package peerbench measures the course's programs beside their peers, JAX and NumPy: in turns, each turn in a process of
// its own, so that what else the machine does meets all alike. What counts are medians and ratios; it also tells how
// much of the processor others took meanwhile.
//
//	turns of  ours ── jax ── matrix products   ──▶ Report ──▶ Table, JSON
package peerbench
