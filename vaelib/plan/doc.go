// Package plan reads a study's file: which runs are to be trained, as one setting and what varies.
//
//	{
//	  "name": "kl-weight",
//	  "data": ["fashion-mnist-sample"],
//	  "settings": {"latent": 2, "epochs": 15},
//	  "vary": {
//	    "kl_weight": [0.5, 1, 2, 4],
//	    "schedule": [{}, {"epochs": 5}],
//	    "seed": [1, 2, 3]
//	  }
//	}
//
// Settings are those of [run.Config] by the names in which a run's run.json has them; what isn't named is [run.Default]'s. Each
// setting under "vary" has a list of values, and each data set stands beside each combination of them: the last one changes from run to
// run, the first one last. So the file above asks for 4 × 2 × 3 = 24 runs.
//
// A [Plan] is a plain value. Where its runs are kept and whether they have been trained is store's to tell.
package plan
