// Divergence compares the closed form of a KL divergence with an estimate from samples, and says whether they agree. It needs
// neither GoMLX nor a clone's set-up.
package main

import (
	"fmt"
	"log"

	"vaelab/vaelib/kl"
)

func main() {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	exact, err := q.KL(kl.Standard)
	if err != nil {
		log.Fatal(err)
	}
	estimate, err := kl.LogRatio(q, kl.Standard).Estimate(100_000, 1)
	if err != nil {
		log.Fatal(err)
	}
	verdict, err := estimate.Agrees(exact, 0.001)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(verdict)
}
