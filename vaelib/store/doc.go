// Package store keeps runs, and finds them again.
//
//	datasets.Dataset ──▶ Describe ──▶ Data ──▶ Identity ──▶ Find ──▶ run.Run
//	                                                └─────▶ NewFolder ──▶ Lock, SaveState, LoadState
//
// [Open] takes a run by its folder instead, and [Bring] keeps weights that were trained elsewhere, which [ReadArrays] reads: as a run
// that says so, and that is never found as the one which any settings train.
//
// A run is named by everything that shaped it: the [run.Config] a learner chose, the data, the loss and the backend.
// Together they are its [run.Identity]. Readable words and a short digest of them name its folder:
//
//	.vaelab/runs/
//	    vae-z2-h400-kl4-e15-s1-fashion-mnist-sample-go-3f9a61c2/
//	        run.json           the identity, to be read by people
//	        state.safetensors  weights and history after the last finished epoch; until the run is finished,
//	                           what the optimiser remembers, too
//	        metrics.json       the history alone, to be read by people and plots
//
// So the same settings find the same folder and load at once, and any changed number finds another: there is no
// stale result under a new setting. The state is one file replaced in one step, so a run that was killed goes on
// from its last finished epoch; its predecessor is kept beside it in case it is damaged. A checksum in the state tells. Two
// identities may share a folder's name by chance: run.json tells which of them the folder holds.
//
// [Data] and [OtherRunError] are plain values, which several goroutines may read at once. Several goroutines may also call
// [Find], [Open], [Bring], [ReadArrays] and [Describe] at once. A [Folder] is for one goroutine.
package store
