import threading
import unittest


class Counter:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()

    def add(self):
        with self.lock:
            self.value += 1


class CounterTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("class")

    @classmethod
    def tearDownClass(cls):
        print("end of class")

    def setUp(self):
        self.counter = Counter()
        self.addCleanup(print, "cleanup", self._testMethodName)

    def tearDown(self):
        print("down")

    def test_many(self):
        threads = [threading.Thread(target=self.counter.add) for _ in range(5)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(self.counter.value, 5)

    def test_raises(self):
        with self.assertRaises(ZeroDivisionError) as caught:
            1 / 0
        print(caught.exception)
        self.assertRaises(ValueError, int, "x")
        with self.assertRaisesRegex(ValueError, "invalid literal"):
            int("y")

    def test_assertions(self):
        self.assertTrue(1)
        self.assertFalse([])
        self.assertIn(1, [1])
        self.assertNotIn(2, [1])
        self.assertIsNone(None)
        self.assertIsNotNone(1)
        self.assertIs(self, self)
        self.assertAlmostEqual(0.1 + 0.2, 0.3)
        self.assertGreater(2, 1)
        self.assertLessEqual(1, 1)
        self.assertIsInstance(1, int)
        self.assertCountEqual([1, 2, 2], [2, 1, 2])
        self.assertRegex("abc", "b")
        self.assertDictEqual({}, {})
        self.assertNotEqual(1, 2)
        for n in range(3):
            with self.subTest(n=n):
                self.assertLess(n, 3)

    @unittest.skip("not now")
    def test_skipped(self):
        self.fail()

    @unittest.skipIf(False, "never")
    def test_not_skipped(self):
        print("ran")

    @unittest.expectedFailure
    def test_expected(self):
        self.assertEqual(1, 2)


if __name__ == "__main__":
    unittest.main()
