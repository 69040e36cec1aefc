"""Runs the unittest tests of a folder and writes how many passed to the file that ENDLESS_COUNTS names."""
import json
import os
import sys
import unittest


class Counting(unittest.TextTestResult):
    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def main(folder: str) -> int:
    sys.path.insert(0, os.getcwd())
    tests = unittest.defaultTestLoader.discover(folder, top_level_dir=os.getcwd())
    result = unittest.TextTestRunner(verbosity=2, resultclass=Counting).run(tests)
    counts = {
        "passed": result.passed,
        "failed": len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses),
        "skipped": len(result.skipped),
    }
    if "ENDLESS_COUNTS" in os.environ:
        with open(os.environ["ENDLESS_COUNTS"], "w") as file:
            json.dump(counts, file)
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
