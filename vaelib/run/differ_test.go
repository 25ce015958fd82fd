package run_test

import (
	"fmt"

	"vaelab/vaelib/run"
)

func ExampleDiffering() {
	one, two := run.Default(), run.Default()
	two.KLWeight, two.Schedule = 4, run.Linear(5)
	for _, differences := range run.Differing(one, two) {
		fmt.Println(differences)
	}
	// Output:
	// [{kl_weight 1} {schedule {}}]
	// [{kl_weight 4} {schedule {"epochs":5}}]
}
