package places

// mayWrite is true: a tab's folders are its reader's own.
func mayWrite(string) bool { return true }
