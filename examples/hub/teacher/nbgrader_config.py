"""nbgrader for teachers on the hub: their course is the folder course in their home, with settings of its own."""

from pathlib import Path

c = get_config()  # noqa: F821 (nbgrader brings it)
course = Path.home() / "course"
load_subconfig(str(course / "nbgrader_config.py"))  # noqa: F821 (nothing, where there is no course yet)
c.CourseDirectory.root = str(course)
