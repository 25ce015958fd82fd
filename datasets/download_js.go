package datasets

import (
	"context"

	"vaelab/vaelib/words"
)

// download has nowhere to put files in a browser; leaving it out also keeps the network stack out of the page.
func (s set) download(context.Context, string, Options) error {
	return words.Errorf("a program in a browser can't keep downloaded files: use the sample")
}
