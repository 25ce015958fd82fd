package lab

import (
	"os"

	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// BudgetEnv is the environment variable that chooses between Budget's two numbers, whatever computes: "full" or
// "small"; with "least" it is half of the small one, for tests in which models needn't learn.
const BudgetEnv = "VAELAB_BUDGET"

// Budget gives the first number where XLA computes, and the second, smaller one where pure Go does, which takes
// ten to thirty times as long. A notebook's epochs go through it, so that it can be read to its end on any machine:
//
//	config.Epochs = lab.Budget(10, 2)
//
// The cell says so where the smaller one is taken: what is measured then differs from what the text tells.
func Budget(full, small int) int {
	var b run.Backend
	if os.Getenv(BudgetEnv) == "" { // else nobody needs to know what computes
		e, err := computes()
		show.Check(err)
		b = e.Backend()
	}
	n, err := budget(os.Getenv(BudgetEnv), b, full, small)
	show.Check(err)
	if n != full && !told {
		told = true // once a cell
		show.OtherBudget()
		if os.Getenv(BudgetEnv) == "" {
			show.Note("%s", words.Say("The small budget: %d instead of %d, since %s computes (for the full budget set %s=full). "+
				"Numbers will differ from those in the text.", n, full, words.Text(b.Words), BudgetEnv))
		} else {
			show.Note("%s", words.Say("The small budget: %d instead of %d, since the environment variable %s asks for it. "+
				"Numbers will differ from those in the text.", n, full, BudgetEnv))
		}
	}
	return n
}

var told bool

func budget(wish string, b run.Backend, full, small int) (int, error) {
	switch {
	case wish == "full" || wish == "" && !b.Slow():
		return full, nil
	case wish == "small" || wish == "":
		return small, nil
	case wish == "least":
		return (small + 1) / 2, nil
	}
	return 0, words.Errorf("%s is %q: write full or small, or leave it out", BudgetEnv, wish)
}
