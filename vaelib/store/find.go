package store

import (
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Find gives the run of that identity if it has been trained to its last epoch, and false if not. It looks in the folder
// root, or for "" in places.Runs, and beside a learner's own in the one of his class, which is places.Shared.
//
// In a browser's tab, where the site brings models that a backend with another way of rounding has trained, such a one counts
// as found, and says by what it was trained.
func Find(root string, id run.Identity) (run.Run, bool, error) {
	if root == "" {
		var err error
		if root, err = places.Runs(); err != nil {
			return run.Run{}, false, err
		}
	}
	done, found, err := find(root, id)
	for _, other := range asGood {
		if found || err != nil {
			break
		}
		there := id
		there.Backend = other.Name
		if done, found, err = find(root, there); found {
			done.Identity = id
			done.By = words.Text(other.Words)
		}
	}
	return done, found, err
}

func find(root string, id run.Identity) (run.Run, bool, error) {
	done, found, err := findIn(root, id)
	if found || err != nil {
		return done, found, err
	}
	if class := places.Shared(root); class != "" {
		if done, found, err := findIn(class, id); found && err == nil {
			return done, true, nil
		} // what is wrong there is no learner's to mend: he trains
	}
	return run.Run{}, false, nil
}

func findIn(root string, id run.Identity) (run.Run, bool, error) {
	folder := NewFolder(root, id)
	state, note, found, err := folder.LoadState()
	if err != nil || !found || state.Epochs() < id.Epochs {
		return run.Run{}, false, err
	}
	if err := folder.Holds(id); err != nil {
		return run.Run{}, false, err
	}
	done := run.Run{Identity: id, Dir: folder.Path, State: state.Finished(id.Config, id.Width*id.Height)} // older ones held more
	if note != "" {
		done.Notes = []string{note}
	}
	return done, true, nil
}
