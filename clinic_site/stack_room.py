"""Room for a whole request on Python's stack, in one piece.

CPython keeps the frames of running functions in pieces of 16 kB, and asks the system for each anew
when a call runs over the edge of the last one. A page is drawn by many short calls at one depth:
where that depth is near an edge, a third of the page's time went to the system, 400 times a page.
A frame that says it needs much is given a large piece, and all it calls lies in the same one.
"""

# In words of 8 bytes. CPython doubles the piece until the frame fits, which leaves as much again
# for what it calls. Only what is used is ever made real.
WORDS = 2**15


def with_room(application):
    """Return the WSGI `application`, run where its calls do not reach the end of the stack's piece."""

    def answer(environ, start_response):
        return application(environ, start_response)

    answer.__code__ = answer.__code__.replace(co_stacksize=WORDS)
    return answer
