"""What every figure is a ratio to: the smallest Flask application that answers JSON."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    """Two words as JSON."""
    return {"hello": "world"}
