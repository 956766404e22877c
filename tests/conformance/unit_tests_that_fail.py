import io
import re
import unittest


class Failing(unittest.TestCase):
    def test_a_equal(self):
        self.assertEqual(1, 2)

    def test_b_lists(self):
        self.assertEqual([1, 2, 3], [1, 5, 3, 4])

    def test_c_text(self):
        self.assertEqual("one\ntwo\n", "one\nthree\n", "they differ")

    def test_d_dict(self):
        self.assertEqual({"a": 1}, {"a": 2})

    def test_e_error(self):
        raise KeyError("gone")

    def test_f_sub(self):
        for n in range(3):
            with self.subTest("number", n=n):
                self.assertEqual(n, 1)

    def test_g_true(self):
        self.assertTrue(0, "should be true")

    def test_h_raises(self):
        with self.assertRaises(ValueError):
            pass

    def test_i_skip(self):
        self.skipTest("later")

    @unittest.expectedFailure
    def test_j_unexpected(self):
        pass

    def test_k_sets(self):
        self.assertEqual({1, 2}, {2, 3})

    def test_l_in(self):
        self.assertIn(3, [1, 2])

    def test_m_doc(self):
        """It says what it is.

        And more."""
        self.assertAlmostEqual(1.0, 1.1)



stream = io.StringIO()
result = unittest.TextTestRunner(stream=stream, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(Failing))
text = re.sub(r"in \d+\.\d+s", "in ?s", stream.getvalue())
for line in text.splitlines():
    if line and not line.startswith(("  ", "?")):
        print(line)
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), result.wasSuccessful())
