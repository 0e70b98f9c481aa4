"""What the tests of whole runs have in common: one document, its right and its wrong reply."""

from tests.endpoint import Body

TEXT = "青岭高新区力争全年新签约项目20个。\n"
SIGNED = {"figure": "f2", "name": "签约目标", "value": 20, "unit": "个", "comparator": "=", "measure": "level", "status": "target"}  # fmt: skip
WHOLE: Body = {"metrics": [SIGNED]}
WRONG: Body = {"metrics": "many"}
STORE = "policy-targets.db"
