package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"vaelab/cmd/vaelab/internal/labtest"
)

// TestAnswersOfTheCourse does exercises by hand in a real page, one, and in long tests two more: a wrong answer is told what
// is wrong with it, a hint opens, and the right answer passes.
func TestAnswersOfTheCourse(t *testing.T) {
	exercises := []struct{ id, name, wrong, diagnosis, hint, right string }{
		{
			"ex-kl-in-one-dimension", "KLInOneDimension",
			"func KL(mu, sigma float64) float64 { return mu*mu + sigma*sigma - 1 - 2*math.Log(sigma) }",
			"Your value is twice the true one", "It has a part for μ",
			"func KL(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)) }",
		},
		{
			"ex-kl-gradient", "KLGradient",
			"func Gradient(mu, sigma float64) (dMu, dSigma float64) { return -mu, 1/sigma - sigma }",
			"sign", "Take ½(μ² + σ² − 1) − log σ",
			"func Gradient(mu, sigma float64) (dMu, dSigma float64) { return mu, sigma - 1/sigma }",
		},
		{
			"ex-kl-from-log-var", "KLFromLogVar",
			"func KLFromLogVar(mu, logVar float64) float64 { return 0.5 * (mu*mu + math.Exp(2*logVar) - 1 - 2*logVar) }",
			"log σ", "Put σ² = eˢ into",
			"func KLFromLogVar(mu, logVar float64) float64 { return 0.5 * (mu*mu + math.Exp(logVar) - 1 - logVar) }",
		},
	}
	if !labtest.IsLong() {
		exercises = exercises[:1]
	}
	ids := []string{"wire", "imports"}
	for _, e := range exercises {
		ids = append(ids, e.id, e.id+"-check")
	}
	page := open(t, "02_kl_divergence.ipynb", ids...)
	page.RunCell()
	page.Next()
	// enter clicks into the cell that holds the words.
	enter := func(words string) {
		page.Wait("the cell with "+words, fmt.Sprintf(`(() => { const e = [...document.querySelectorAll('.jp-CodeCell .cm-content')].find((e) => e.textContent.includes(%q)); if (e) { document.querySelectorAll('#here').forEach((o) => o.removeAttribute('id')); e.id = 'here'; } return e != null; })()`, words))
		page.Do(chromedp.Click(`#here`, chromedp.ByQuery))
	}
	// write puts text in the place of what the cell that holds the words has, and runs it.
	write := func(words, text string) {
		enter(words)
		page.Do(chromedp.KeyEvent("a", chromedp.KeyModifiers(input.ModifierCtrl)), chromedp.ActionFunc(input.InsertText(text).Do))
		page.Next()
	}
	// says is a condition: some output has the words.
	says := func(words string) string {
		return fmt.Sprintf(`[...document.querySelectorAll('.jp-OutputArea-output')].some((o) => o.innerText.includes(%q))`, words)
	}
	for _, e := range exercises {
		check := "exercise." + e.name + "."
		signature := "func " + function(e.right) + "("
		enter(signature)
		page.Next() // the stub, as it stands
		page.Next() // its check
		page.Wait("an answer that isn't there", says("not attempted yet"))
		write(signature, e.wrong)
		write(check, "%%\n"+check+"Check("+function(e.right)+") // once more")
		page.Wait("the diagnosis", says(e.diagnosis))
		page.Wait("both values", says("the true value"))
		page.Screenshot(e.id + "-wrong.png")
		write(check, "%%\n"+check+"Hint()")
		page.Wait("the hint", says(e.hint))
		page.Screenshot(e.id + "-hint.png")
		write(signature, e.right)
		write(check, "%%\n"+check+"Check("+function(e.right)+")")
		page.Wait("the praise", says(": right"))
		page.Screenshot(e.id + "-right.png")
		page.Clean()
		write(check, "%%\nfmt.Println(\"done with "+e.name+"\")")
		page.Wait("the end", says("done with "+e.name))
	}
}

// function is the name of a function that is declared in the text.
func function(declaration string) (name string) {
	for _, r := range declaration[len("func "):] {
		if r == '(' {
			return name
		}
		name += string(r)
	}
	return name
}
