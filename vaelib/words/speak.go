package words

// Speak is [Use] where there are no files: the language's catalogue is given.
func Speak(code string, library []byte) error {
	l, err := Known(code)
	if err != nil {
		return err
	}
	s := &speech{Language: l, twins: &twins{}}
	if s.library, err = ReadCatalogue(library); err != nil {
		return err
	}
	spoken.Store(s)
	return nil
}
