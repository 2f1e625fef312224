"""What people take home: Word, Excel, archives."""
