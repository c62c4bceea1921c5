"""Samples of the token endpoints."""

TOKEN_ASK = {
    "grant_type": "authorization_code",
    "code": "3nS0xVq2mJp8RzKcTfYb7LhWd4GgA1eUoNiXsQvBkMt",
    "redirect_uri": "com.example.app:/signed-in",
    "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "client_id": "app_5hGq0TzXw2LmVb7RkPcNsDyE",
}
TOKEN_PAIR: dict[str, object] = {
    "access_token": "ma_7QmZr0cVtY2bKx5LwNp8DfGh3JsAeUoTiRqWzXyC",
    "token_type": "bearer",
    "expires_in": 86400,
    "refresh_token": "mr_2LkPw9XvBn6MqRtYz4CcDhFj8GsAeUoTiWyQxZrV",
    "created_at": 1796040000,
    "resource_owner_id": 1207,
}
TOKEN_INFO = {
    "resource_owner_id": 1207,
    "scope": [],
    "expires_in": 86112,
    "application": {"uid": "app_5hGq0TzXw2LmVb7RkPcNsDyE"},
    "created_at": 1796040000,
}
