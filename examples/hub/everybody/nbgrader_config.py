"""nbgrader for everybody on the hub: which course it is, and the folder where notebooks are handed out and handed in."""

import os

c = get_config()  # noqa: F821 (nbgrader brings it)
c.CourseDirectory.course_id = "vaelab"
c.Exchange.root = os.environ["VAELAB_EXCHANGE"]  # jupyterhub_config.py says it
