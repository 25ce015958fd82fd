package words

// Messages are all that the programs of the course say, with their translations into a language. Whoever reads what they have printed
// in it knows it by its English text; English itself has none.
func Messages(code string) ([]Entry, error) {
	if code == Languages[0].Code {
		return nil, nil
	}
	return entriesOf(code, "library")
}
