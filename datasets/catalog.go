package datasets

import (
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// The names of the sets.
const (
	FashionSample = "fashion-mnist-sample"
	Fashion       = "fashion-mnist"
	MNIST         = "mnist"
)

// Names lists what Load can open, the quickest first.
func Names() []string {
	names := make([]string, len(catalog))
	for i, s := range catalog {
		names[i] = s.name
	}
	return names
}

// A set is a catalogue entry: all that is known of a data set before it is opened.
type set struct {
	name    string
	title   string // translated where it is given to a Dataset, and so is help
	classes []string
	files   [4]file  // trainImages … testLabels
	system  []string // folders where the system may have it
	mirrors []string // addresses to which a file's name and .gz are added
	help    string   // how to get the files by hand, as the end of "or …"
}

// A file is known by the SHA-256 and the size of its uncompressed contents.
type file struct {
	name string
	size int64
	sum  string
}

const (
	trainImages = iota
	trainLabels
	testImages
	testLabels
)

var (
	clothes = []string{words.Mark("T-shirt/top"), words.Mark("Trouser"), words.Mark("Pullover"), words.Mark("Dress"), words.Mark("Coat"),
		words.Mark("Sandal"), words.Mark("Shirt"), words.Mark("Sneaker"), words.Mark("Bag"), words.Mark("Ankle boot")}
	digits = []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
)

// The sums of whole sets were taken of real copies and compared with what others publish: for Fashion-MNIST of the
// files in Debian's dataset-fashion-mnist, for MNIST of a copy whose compressed files have the MD5 sums that
// torchvision checks (f68b3c2d… for the training images).
var catalog = []set{
	{
		name: FashionSample, title: words.Mark("Fashion-MNIST, a sample of 10,000"), classes: clothes,
		files: [4]file{
			{"train-images-idx3-ubyte", 7840016, "7e09a82d48fa4ab171693bc4cf24149aab65f98cf5a47180e8402d0580364028"},
			{"train-labels-idx1-ubyte", 10008, "602124b2dbc4244aac597e4cbad0b346254c8191c8a702cd3d50b8c8d97e6dc2"},
			{"t10k-images-idx3-ubyte", 1568016, "9c7af5a4db7b9014ee3813b369ffc5633456123b203c69ad6f98301822185f27"},
			{"t10k-labels-idx1-ubyte", 2008, "c52ebcd0d63b3f60c34b4fb89d071d4600141d7351d15cb559c967f9e53b7b00"},
		},
	},
	{
		name: Fashion, title: "Fashion-MNIST", classes: clothes,
		files: [4]file{
			{"train-images-idx3-ubyte", 47040016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"},
			{"train-labels-idx1-ubyte", 60008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"},
			{"t10k-images-idx3-ubyte", 7840016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"},
			{"t10k-labels-idx1-ubyte", 10008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"},
		},
		system: []string{"/usr/share/datasets/fashion-mnist"},
		mirrors: []string{
			"https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
			"https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
			"https://fashion-mnist.s3.eu-central-1.amazonaws.com/",
			"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", // no https here; the sums protect
		},
		help: words.Mark("install the package dataset-fashion-mnist (Debian, Ubuntu)"),
	},
	{
		name: MNIST, title: "MNIST", classes: digits,
		files: [4]file{
			{"train-images-idx3-ubyte", 47040016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
			{"train-labels-idx1-ubyte", 60008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
			{"t10k-images-idx3-ubyte", 7840016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
			{"t10k-labels-idx1-ubyte", 10008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
		},
		system: []string{"/usr/share/datasets/mnist"},
		mirrors: []string{
			"https://ossci-datasets.s3.amazonaws.com/mnist/",
			"https://storage.googleapis.com/cvdf-datasets/mnist/",
		},
		help: words.Mark("copy them from a machine that has them"),
	},
}

// lookUp finds a catalogue entry.
func lookUp(name string) (set, error) {
	i := slices.IndexFunc(catalog, func(s set) bool { return s.name == name })
	if i < 0 {
		return set{}, words.Errorf("there is no data set %q: choose one of %s", name, strings.Join(Names(), ", "))
	}
	return catalog[i], nil
}
