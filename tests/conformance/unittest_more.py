# unittest: set-up and tear-down in order, subtests, skips, expected failures, assertions' messages.
import sys
import unittest


class Order(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("class up")

    @classmethod
    def tearDownClass(cls):
        print("class down")

    def setUp(self):
        print("up", self._testMethodName)
        self.addCleanup(print, "cleanup")

    def tearDown(self):
        print("down")

    def test_b(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertNotEqual(n, 1)

    def test_a(self):
        with self.assertRaises(ValueError) as caught:
            int("x")
        print(caught.exception)
        with self.assertRaisesRegex(KeyError, "k"):
            {}["k"]

    @unittest.skip("not now")
    def test_c(self):
        pass

    @unittest.expectedFailure
    def test_d(self):
        self.assertTrue(False)


def said(assertion, *arguments, **keywords):
    try:
        getattr(unittest.TestCase(), assertion)(*arguments, **keywords)
        print(assertion, "passes")
    except AssertionError as error:
        print(assertion, "|", error)


if __name__ == "__main__":
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0).run(unittest.defaultTestLoader.loadTestsFromTestCase(Order)) if False else None
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Order)
    result = unittest.TestResult()
    suite.run(result)
    print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), len(result.expectedFailures), result.wasSuccessful())
    said("assertEqual", 1, 2)
    said("assertEqual", "a", "b", msg="why")
    said("assertTrue", 0)
    said("assertIn", 1, [2])
    said("assertNotIn", 1, [1])
    said("assertIsNone", 1)
    said("assertIs", 1, 2)
    said("assertIsInstance", 1, str)
    said("assertGreater", 1, 2)
    said("assertLessEqual", 2, 1)
    said("assertAlmostEqual", 1.0, 1.1)
    said("assertAlmostEqual", 1.0, 1.00000001)
    said("assertRaises", ValueError, int, "5")
    said("assertRegex", "abc", "x")
    said("assertCountEqual", [1, 2], [2, 1])
    said("assertDictEqual", {"a": 1}, {"a": 1})
    said("assertListEqual", [1], [1])
    said("fail", "gave up")
