package figure

import (
	"os"
	"path/filepath"
	"sync"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// The course's Chinese fonts, in the order in which they are asked for a letter. They lie in the clone and no program carries them: a
// cell whose figures are in English stays as small and as fast as it is.
//
// Both are cut from Noto Sans CJK SC by vaelab notebooks -font; fonts/NOTICE has their licence.
var chinese = fonts{
	{name: "course.otf"}, // the letters that the catalogues have: small, soon there in a browser's tab
	{name: "gb2312.otf"}, // all of GB 2312, for what a learner writes
}

type fonts []*fontFile

// fontFile is read when a letter is first looked for in it.
type fontFile struct {
	name  string
	mutex sync.Mutex
	font  *opentype.Font
}

// with is the first font that has a letter; nil where none has it.
func (l fonts) with(r rune) (*opentype.Font, error) {
	var buf sfnt.Buffer
	for _, file := range l {
		f, err := file.open()
		if err != nil {
			return nil, err
		}
		if has(f, &buf, r) {
			return f, nil
		}
	}
	return nil, nil
}

func (file *fontFile) open() (*opentype.Font, error) {
	file.mutex.Lock()
	defer file.mutex.Unlock()
	if file.font != nil {
		return file.font, nil
	}
	clone, err := places.Clone()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(clone, "vaelib", "figure", "fonts", file.name)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := opentype.Parse(data)
	if err != nil {
		return nil, words.Errorf("%s is damaged: get it anew with git checkout: %w", path, err)
	}
	file.font = f
	return f, nil
}
