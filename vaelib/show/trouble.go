package show

import "vaelab/vaelib/words"

// sayTrouble tells why English is spoken where the notebook asks for another language: once, and not in each cell.
func sayTrouble() {
	if err := words.Trouble(); err != nil && firstTime("language") {
		s := words.Say("This notebook's language can't be spoken, so what programs say is English: %s", Sentence(err.Error()))
		here.put("", noteHTML(s), s)
		here.sync()
	}
}
