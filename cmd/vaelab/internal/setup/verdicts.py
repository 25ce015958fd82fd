"""Settings of nbgrader for every course that this clone grades: a check without a verdict gets no point.

nbgrader gives a cell all its points unless it fails, and a program that an answer ends early doesn't fail. Here somebody
looks who is neither the answer nor its program.
"""

import re

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

CHECK = re.compile(r"^[^/\"`\n]*\b(?:exercise|losses)\..*\.Check\(", re.M)  # as `vaelab notebooks` finds them
RIGHT = re.compile(r"(?:^|: |：)(?:right)$", re.M)  # the first line of a card: ✓ KL in one dimension: right; in each of the course's languages


def shown(output):
    """The text of an output."""
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    return text if isinstance(text, str) else "".join(text)


class Verdicts(NbGraderPreprocessor):
    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type != "code" or not is_grade(cell) or any(o.output_type == "error" for o in cell.outputs):
            return cell, resources
        wanted = len(CHECK.findall(cell.source))
        given = sum(len(RIGHT.findall(shown(o))) for o in cell.outputs)
        if given < wanted:
            text = "No point: the check has given no verdict. Has something ended the program before, such as os.Exit?"
            cell.outputs.append(new_output("error", ename="no verdict", evalue=text, traceback=[text]))
        return cell, resources


c = get_config()  # noqa: F821 (nbgrader brings it)
c.Autograde.autograde_preprocessors.insert(1, Verdicts)  # after Execute, before points are given
