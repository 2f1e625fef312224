"""What participants hold: plain pages that work on any phone, answered before Streamlit."""
