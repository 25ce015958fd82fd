package show

// Status is a line on the page that changes in place: for work of many parts, where each part's own progress would be
// too much. Outside a notebook only what is told at last, with done, is printed.
func Status() func(text string, done bool) {
	id := uniqueID()
	return func(text string, done bool) {
		switch {
		case here.live():
			here.put(id, `<div role="status" style="font-size:13px;margin:4px 0;opacity:0.8">`+escape(text)+`</div>`, text)
			here.sync()
		case done:
			here.put("", "", text)
		}
	}
}
