package page

import (
	"context"
	"net/url"
)

// Served is JupyterLab as somebody else has started it, such as a hub for one of its users.
type Served struct {
	Folder string             // what JupyterLab serves
	Page   *url.URL           // of JupyterLab, for the browser
	Token  string             // for its server
	Log    string             // a file with what it says
	Tab    context.Context    // of a browser that has logged in
	Give   func(string) error // gives a folder with all that is in it to the user whose lab it is
}

// Elsewhere is a lab that others have started, and will end.
func Elsewhere(s Served) *Lab {
	return &Lab{folder: s.Folder, server: s.Page, page: s.Page, token: s.Token, log: s.Log, browser: s.Tab, give: s.Give}
}
