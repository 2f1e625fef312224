"""The settings of a project in oTree with one ballot; oTree looks for them under these names."""

SESSION_CONFIGS = [{"name": "ballot", "app_sequence": ["ballot"], "num_demo_participants": 1}]
SESSION_CONFIG_DEFAULTS = {"real_world_currency_per_point": 1.0, "participation_fee": 0.0}
LANGUAGE_CODE = "en"
REAL_WORLD_CURRENCY_CODE = "EUR"
USE_POINTS = True
ADMIN_USERNAME = "admin"
SECRET_KEY = "bench"
