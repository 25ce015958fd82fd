package datasets

// Sample opens the sample of Fashion-MNIST that is part of this module: for each of the ten classes 1,000 images to
// train on and 200 to test on, in mixed order. It needs no network and no file; in a
// browser's tab, where every cell would link it anew, it is a file of the site.
func Sample() (Dataset, error) {
	s, err := lookUp(FashionSample)
	if err != nil {
		return Dataset{}, err
	}
	folder, err := sampleFolder()
	if err != nil {
		return Dataset{}, err
	}
	data, err := s.read(folder)
	data.Source = sampleSource()
	return data, err
}
